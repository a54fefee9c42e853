import { type FieldError, LIMITS, schemaCheck } from '#kernel';

/** Open Badges 3.0 `IdentifierTypeEnum`; an extension is anchored here because the published pattern is not. */
export const IDENTIFIER_TYPE = {
  anyOf: [
    {
      enum: [
        ...['name', 'sourcedId', 'systemId', 'productId', 'userName', 'accountId', 'emailAddress'],
        ...['nationalIdentityNumber', 'isbn', 'issn', 'lisSourcedId', 'oneRosterSourcedId', 'sisSourcedId'],
        ...['ltiContextId', 'ltiDeploymentId', 'ltiToolId', 'ltiPlatformId', 'ltiUserId', 'identifier'],
      ],
    },
    { type: 'string', maxLength: 100, pattern: '^ext:[A-Za-z0-9._]+$' },
  ],
} as const;

/** Values of the ph context on a profile. */
export const INSTITUTION_TYPES = [
  ...['SUC', 'LUC', 'PrivateHEI', 'TVI', 'TTI', 'Enterprise', 'LGU', 'CpdProvider', 'AssessmentCentre'],
  ...['IndustryAssociation', 'Regulator', 'Accreditor'],
] as const;
export const AUTHORITY_BASES = [
  ...['Charter', 'GovernmentRecognition', 'COPC', 'CoPR', 'Deputation', 'CpdProviderAccreditation', 'Agreement'],
] as const;

const line = { type: 'string', maxLength: LIMITS.nameChars, format: 'line' } as const;

const checkProfile = schemaCheck({
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: line,
    description: { type: 'string', maxLength: LIMITS.descriptionChars, format: 'text' },
    url: { type: 'string', format: 'web-address' },
    email: { type: 'string', format: 'email' },
    institutionType: { enum: INSTITUTION_TYPES },
    authorityBasis: { enum: AUTHORITY_BASES },
    timeZone: { type: 'string', maxLength: 64 },
    signatories: {
      type: 'array',
      minItems: 1,
      maxItems: 4,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'office'],
        properties: { name: line, office: line },
      },
    },
    otherIdentifier: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['identifier', 'identifierType'],
        properties: { identifier: line, identifierType: IDENTIFIER_TYPE },
      },
    },
    address: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        addressCountry: line,
        addressCountryCode: { type: 'string', pattern: '^[A-Z]{2}$' },
        addressRegion: line,
        addressLocality: line,
        psgcCode: { type: 'string', pattern: '^[0-9]{9,10}$' },
      },
    },
  },
});

/** Every fault of a profile, with JSON Pointers below `base`. */
export function profileFaults(profile: unknown, base: string): FieldError[] {
  const faults = checkProfile(profile, base);
  const zone = faults.length === 0 ? (profile as { timeZone?: string }).timeZone : undefined;
  if (zone !== undefined && !isTimeZone(zone)) {
    faults.push({ pointer: `${base}/timeZone`, detail: 'must be a name of the IANA time zone database' });
  }
  return faults;
}

/** Region/City names only: offsets and abbreviations do not follow the law of a place. */
function isTimeZone(zone: string): boolean {
  if (!/^(?:[A-Z][A-Za-z]+(?:\/[A-Za-z_+-]+)+|UTC)$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
