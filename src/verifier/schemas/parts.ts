import { LIMITS } from '#kernel';

const CREDENTIALS_V1 = 'https://www.w3.org/2018/credentials/v1';

// Our own reading of Open Badges 3.0 appendix B; `ext:` patterns are anchored, which the published schema's are not.
const EXTENSION = '^ext:[A-Za-z0-9._-]+$';
const termOr = (...values: string[]) => ({ anyOf: [{ enum: values }, { type: 'string', pattern: EXTENSION }] });
export const oneOrMany = (items: object, maxItems = 200) => ({
  anyOf: [items, { type: 'array', items, minItems: 0, maxItems }],
});
export const text = { type: 'string' };
export const longText = { type: 'string', maxLength: LIMITS.narrativeChars };
export const iri = { type: 'string', format: 'absolute-iri', maxLength: 4096 };
export const instant = { type: 'string', format: 'date-time-stamp' };
/** Type lists: the named type must be there, others may be too. */
export const typed = (...names: string[]) => ({
  anyOf: [{ enum: names }, { type: 'array', items: text, minItems: 1, maxItems: 20, contains: { enum: names } }],
});
export const object = (required: string[], properties: object, more: object = {}) => ({
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

export const image = object(
  ['id', 'type'],
  { id: iri, type: typed('Image'), caption: text },
  { additionalProperties: false },
);
const identifierEntry = object(
  ['type', 'identifier', 'identifierType'],
  { type: typed('IdentifierEntry'), identifier: text, identifierType: IDENTIFIER_TYPE },
  { additionalProperties: false },
);
export const identityObject = object(
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
export const profile = object(['id', 'type'], {
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
export const profileOrIri = { anyOf: [iri, profile] };
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
export const result = object(['type'], {
  type: typed('Result'),
  achievedLevel: iri,
  resultDescription: iri,
  status: RESULT_STATUS,
  value: text,
  alignment: oneOrMany(alignment, LIMITS.alignments),
});
export const achievement = object(['id', 'type', 'name', 'description', 'criteria'], {
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
const typedObject = object(['type'], { id: iri, type: oneOrMany(text) });

/** VCDM 1.1 section 4.5 names the first day otherwise than VCDM 2.0 section 4.9; which one is asked, the first context says. */
const dated = {
  if: { properties: { '@context': { type: 'array', prefixItems: [{ const: CREDENTIALS_V1 }] } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['issuanceDate'] },
  else: { required: ['validFrom'] },
};

/** What every kind of credential of this family has; `kinds`: one of these types must be there. */
export const credentialOf = (
  kinds: readonly string[],
  required: readonly string[],
  subject: object,
  more: object = {},
) =>
  object(
    ['@context', 'id', 'type', 'issuer', 'credentialSubject', ...required],
    {
      id: iri,
      type: {
        type: 'array',
        items: text,
        minItems: 2,
        maxItems: 20,
        allOf: [{ contains: { const: 'VerifiableCredential' } }, { contains: { enum: kinds } }],
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
      ...more,
    },
    dated,
  );
