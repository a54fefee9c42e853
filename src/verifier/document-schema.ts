import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type FieldError, isDay, type JsonObject, LIMITS, parseDateTimeStamp } from '#kernel';

// Our own reading of Open Badges 3.0 appendix B; `ext:` patterns are anchored, which the published schema's are not.
const EXTENSION = '^ext:[A-Za-z0-9._-]+$';
const termOr = (...values: string[]) => ({ anyOf: [{ enum: values }, { type: 'string', pattern: EXTENSION }] });
const oneOrMany = (items: object, maxItems = 200) => ({
  anyOf: [items, { type: 'array', items, minItems: 0, maxItems }],
});
const text = { type: 'string' };
const longText = { type: 'string', maxLength: LIMITS.narrativeChars };
const iri = { type: 'string', format: 'absolute-iri', maxLength: 4096 };
const instant = { type: 'string', format: 'date-time-stamp' };
/** Type lists: the named type must be there, others may be too. */
const typed = (...names: string[]) => ({
  anyOf: [{ enum: names }, { type: 'array', items: text, minItems: 1, maxItems: 20, contains: { enum: names } }],
});
const object = (required: string[], properties: object, more: object = {}) => ({
  type: 'object',
  required,
  properties,
  ...more,
});

const IDENTIFIER_TYPE = termOr(
  ...['name', 'sourcedId', 'systemId', 'productId', 'userName', 'accountId', 'emailAddress', 'nationalIdentityNumber'],
  ...['isbn', 'issn', 'lisSourcedId', 'oneRosterSourcedId', 'sisSourcedId', 'ltiContextId', 'ltiDeploymentId'],
  ...['ltiToolId', 'ltiPlatformId', 'ltiUserId', 'identifier'],
);
const ACHIEVEMENT_TYPE = termOr(
  ...['Achievement', 'ApprenticeshipCertificate', 'Assessment', 'Assignment', 'AssociateDegree', 'Award', 'Badge'],
  ...['BachelorDegree', 'Certificate', 'CertificateOfCompletion', 'Certification', 'CommunityService', 'Competency'],
  ...['Course', 'CoCurricular', 'Degree', 'Diploma', 'DoctoralDegree', 'Fieldwork', 'GeneralEducationDevelopment'],
  ...['JourneymanCertificate', 'LearningProgram', 'License', 'Membership', 'ProfessionalDoctorate'],
  ...['QualityAssuranceCredential', 'MasterCertificate', 'MasterDegree', 'MicroCredential', 'ResearchDoctorate'],
  'SecondarySchoolDiploma',
);
const TARGET_TYPE = termOr(
  ...['ceasn:Competency', 'ceterms:Credential', 'CFItem', 'CFRubric', 'CFRubricCriterion', 'CFRubricCriterionLevel'],
  'CTDL',
);
const RESULT_TYPE = termOr(
  ...['GradePointAverage', 'LetterGrade', 'Percent', 'PerformanceLevel', 'PredictedScore', 'RawScore', 'Result'],
  ...['RubricCriterion', 'RubricCriterionLevel', 'RubricScore', 'ScaledScore', 'Status'],
);
const RESULT_STATUS = {
  enum: ['Completed', 'Enrolled', 'Failed', 'InProgress', 'OnHold', 'Provisional', 'Withdrew'],
};

const image = object(['id', 'type'], { id: iri, type: typed('Image'), caption: text }, { additionalProperties: false });
const identifierEntry = object(
  ['type', 'identifier', 'identifierType'],
  { type: typed('IdentifierEntry'), identifier: text, identifierType: IDENTIFIER_TYPE },
  { additionalProperties: false },
);
const identityObject = object(
  ['type', 'hashed', 'identityHash', 'identityType'],
  {
    type: typed('IdentityObject'),
    hashed: { type: 'boolean' },
    identityHash: text,
    identityType: IDENTIFIER_TYPE,
    salt: text,
  },
  { additionalProperties: false },
);
const profile = object(['id', 'type'], {
  id: iri,
  type: typed('Profile'),
  name: text,
  description: text,
  url: iri,
  email: text,
  phone: text,
  official: text,
  image,
  otherIdentifier: oneOrMany(identifierEntry),
  dateOfBirth: { type: 'string', format: 'day' },
});
const profileOrIri = { anyOf: [iri, profile] };
const alignment = object(['type', 'targetName', 'targetUrl'], {
  type: typed('Alignment'),
  targetName: text,
  targetUrl: iri,
  targetCode: text,
  targetDescription: text,
  targetFramework: text,
  targetType: TARGET_TYPE,
});
const rubricLevel = object(['id', 'type', 'name'], {
  id: iri,
  type: typed('RubricCriterionLevel'),
  name: text,
  level: text,
  points: text,
  description: text,
});
const resultDescription = object(['id', 'type', 'name', 'resultType'], {
  id: iri,
  type: typed('ResultDescription'),
  name: text,
  resultType: RESULT_TYPE,
  allowedValue: oneOrMany(text),
  requiredLevel: iri,
  requiredValue: text,
  valueMin: text,
  valueMax: text,
  rubricCriterionLevel: oneOrMany(rubricLevel),
});
const result = object(['type'], {
  type: typed('Result'),
  achievedLevel: iri,
  resultDescription: iri,
  status: RESULT_STATUS,
  value: text,
  alignment: oneOrMany(alignment, LIMITS.alignments),
});
const achievement = object(['id', 'type', 'name', 'description', 'criteria'], {
  id: iri,
  type: typed('Achievement'),
  name: text,
  description: longText,
  criteria: object(
    [],
    { id: iri, narrative: longText },
    { anyOf: [{ required: ['id'] }, { required: ['narrative'] }] },
  ),
  achievementType: ACHIEVEMENT_TYPE,
  alignment: oneOrMany(alignment, LIMITS.alignments),
  creator: profileOrIri,
  creditsAvailable: { type: 'number', minimum: 0 },
  fieldOfStudy: text,
  humanCode: text,
  image,
  inLanguage: { type: 'string', pattern: '^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$' },
  otherIdentifier: oneOrMany(identifierEntry),
  related: oneOrMany(object(['id', 'type'], { id: iri, type: typed('Related'), version: text })),
  resultDescription: oneOrMany(resultDescription),
  specialization: text,
  tag: oneOrMany(text),
  version: text,
});
const evidence = object(['type'], {
  id: iri,
  type: typed('Evidence'),
  name: text,
  narrative: longText,
  description: text,
  genre: text,
  audience: text,
});
const subject = object(
  ['type', 'achievement'],
  {
    id: iri,
    type: typed('AchievementSubject'),
    achievement,
    identifier: oneOrMany(identityObject),
    activityStartDate: instant,
    activityEndDate: instant,
    creditsEarned: { type: 'number', minimum: 0 },
    image,
    licenseNumber: text,
    narrative: longText,
    result: oneOrMany(result),
    role: text,
    source: profile,
    term: text,
  },
  // OB 3.0 section 8.1: an identifier of the recipient, or the subject's id. The published schema does not ask for it.
  { anyOf: [{ required: ['id'] }, { required: ['identifier'] }] },
);
const typedObject = object(['type'], { id: iri, type: oneOrMany(text) });

const credential = object(
  ['@context', 'id', 'type', 'issuer', 'credentialSubject'],
  {
    id: iri,
    type: {
      type: 'array',
      items: text,
      minItems: 2,
      maxItems: 20,
      allOf: [
        { contains: { const: 'VerifiableCredential' } },
        { contains: { enum: ['OpenBadgeCredential', 'AchievementCredential'] } },
      ],
    },
    issuer: profileOrIri,
    validFrom: instant,
    validUntil: instant,
    issuanceDate: instant,
    expirationDate: instant,
    awardedDate: instant,
    name: text,
    description: text,
    image,
    credentialSubject: subject,
    evidence: oneOrMany(evidence, LIMITS.evidence),
    // One status entry only: Open Badges refuses a list here.
    credentialStatus: typedObject,
    credentialSchema: oneOrMany(object(['id', 'type'], { id: iri, type: oneOrMany(text) })),
    refreshService: typedObject,
    termsOfUse: oneOrMany(typedObject),
  },
  { anyOf: [{ required: ['validFrom'] }, { required: ['issuanceDate'] }] },
);

/**
 * @returns a function that names every member that is missing or has the wrong shape, without quoting its value; the
 *   schema is compiled when it is first asked, which keeps the start short
 */
export function createDocumentSchema(): (document: JsonObject) => FieldError[] {
  let validate: ValidateFunction | undefined;
  return (document) => {
    validate ??= compile();
    if (validate(document)) return [];
    const errors = validate.errors ?? [];
    return errors
      .filter((error) => error.keyword !== 'anyOf' || !errors.some((other) => other.keyword !== 'anyOf'))
      .slice(0, 20)
      .map((error) => ({ pointer: error.instancePath, detail: error.message ?? 'has the wrong shape' }));
  };
}

function compile(): ValidateFunction {
  // Some rules stand in `anyOf` beside their `type`; types are otherwise stated everywhere.
  const ajv = new Ajv2020({ allErrors: false, strict: true, strictRequired: false, strictTypes: false });
  ajv.addFormat('absolute-iri', isAbsoluteIri);
  ajv.addFormat('date-time-stamp', (value: string) => parseDateTimeStamp(value) !== undefined);
  ajv.addFormat('day', (value: string) => isDay(value));
  return ajv.compile(credential);
}

export function isAbsoluteIri(value: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/.test(value);
}
