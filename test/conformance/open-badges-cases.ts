import type { Json } from '#kernel';
import { EXTENSIONS } from './support.ts';

// biome-ignore lint/suspicious/noExplicitAny: a badge whose members are replaced by anything
type Change = (badge: any) => unknown;

/** Documents for one demand. */
interface Case {
  pass: Change[];
  /** The published schema refuses them too. */
  fail: Change[];
  /** The published schema lets them through, the text of the standard does not. */
  stricter?: Change[];
}

const OB = 'https://purl.imsglobal.org/spec/ob/v3p0';
const asItIs: Change = () => undefined;
const set =
  (path: string, value: unknown): Change =>
  (badge) => {
    const names = path.split('/');
    const last = names.pop()!;
    const at = names.reduce((holder, name) => holder[name], badge);
    if (value === undefined) delete at[last];
    else at[last] = structuredClone(value);
  };
const A = 'credentialSubject/achievement';
const without = (...paths: string[]): Change[] => paths.map((path) => set(path, undefined));
const each = (path: string, make: (value: Json) => Json, values: readonly Json[]): Change[] =>
  values.map((value) => set(path, make(value)));
const words = (text: string): string[] => text.trim().split(/\s+/);
const both =
  (...changes: Change[]): Change =>
  (badge) => {
    for (const change of changes) change(badge);
  };

const IDENTIFIER_TYPES = words(`name sourcedId systemId productId userName accountId emailAddress nationalIdentityNumber
  isbn issn lisSourcedId oneRosterSourcedId sisSourcedId ltiContextId ltiDeploymentId ltiToolId ltiPlatformId ltiUserId
  identifier`);
const ACHIEVEMENT_TYPES = words(`Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge
  BachelorDegree Certificate CertificateOfCompletion Certification CommunityService Competency Course CoCurricular Degree
  Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment JourneymanCertificate LearningProgram License Membership
  ProfessionalDoctorate QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ResearchDoctorate
  SecondarySchoolDiploma`);
const TARGET_TYPES = words(
  'ceasn:Competency ceterms:Credential CFItem CFRubric CFRubricCriterion CFRubricCriterionLevel CTDL',
);
const RESULT_TYPES = words(`GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore Result
  RubricCriterion RubricCriterionLevel RubricScore ScaledScore Status`);
const STATUSES = words('Completed Enrolled Failed InProgress OnHold Provisional Withdrew');
const NEITHER = ['Other', 'achievement', 'ex:Other', 'Badge '];
/** Pass the pattern of the schema, which is not anchored, and are no `ext:` names. */
const UNANCHORED = ['xxext:Foo', 'ext:a b', ' ext:Foo', 'ext:Foo\n'];

const identity = { type: 'IdentityObject', hashed: false, identityHash: 'a@x.example', identityType: 'emailAddress' };
const alignment = { type: ['Alignment'], targetName: 'Node', targetUrl: 'https://frame.example/1' };
const related = { id: 'https://school.example/achievements/2', type: ['Related'] };
const described = { id: 'urn:uuid:1', type: ['ResultDescription'], name: 'Grade', resultType: 'LetterGrade' };
const entry = { type: 'IdentifierEntry', identifier: '1', identifierType: 'identifier' };
const image = { id: 'https://school.example/1.png', type: 'Image' };
const status = { id: 'https://school.example/revocations', type: '1EdTechRevocationList' };
const schema = {
  id: `${OB}/schema/json/ob_v3p0_achievementcredential_schema.json`,
  type: '1EdTechJsonSchemaValidator2019',
};
const extended = (badge: { '@context': string[] }) => badge['@context'].push(EXTENSIONS);
const lacking = (value: Record<string, Json>, ...members: string[]): Json[] =>
  members.map((member) => JSON.parse(JSON.stringify({ ...value, [member]: undefined })) as Json);
const list = (value: Json): Json => [value];

/** By the demand of the table, in its order. */
export const CASES: Record<string, Case> = {
  'OB-I1 @context begins with the contexts of credentials and of Open Badges, in this order': {
    pass: [asItIs, extended, set('@context/1', `${OB}/context-3.0.2.json`)],
    fail: [
      (badge) => badge['@context'].reverse(),
      (badge) => badge['@context'].splice(1, 1),
      (badge) => badge['@context'].splice(0, 1),
      (badge) => badge['@context'].splice(1, 0, EXTENSIONS),
      set('@context/0', 'https://www.w3.org/2018/credentials/v1'),
      set('@context/1', 'https://w3id.org/openbadges/v2'),
    ],
  },
  'OB-I2 a type of 1EdTech brings the context of extensions with it': {
    pass: [both(extended, set('credentialSchema', [schema]))],
    fail: [],
    stricter: [
      set('credentialSchema', [schema]),
      set('credentialStatus', status),
      set('refreshService', { id: 'https://school.example/refresh', type: '1EdTechCredentialRefresh' }),
    ],
  },
  'OB-I3 type holds VerifiableCredential and one of the two names of a badge': {
    pass: [
      set('type', ['VerifiableCredential', 'AchievementCredential']),
      set('type', ['OpenBadgeCredential', 'VerifiableCredential', 'AchievementCredential']),
    ],
    fail: [set('type', ['OpenBadgeCredential'])],
    stricter: [
      set('type', 'OpenBadgeCredential'),
      set('type', ['VerifiableCredential', 'OpenBadgeCredential', 'Unmapped']),
    ],
  },
  'OB-I5 credentialSchema names schemas by id and type; those of other types are passed over': {
    pass: [
      both(extended, set('credentialSchema', [schema])),
      both(extended, set('credentialSchema', [schema, { id: 'https://x.example/s', type: 'JsonSchema' }])),
    ],
    fail: [set('credentialSchema', [{ type: 'JsonSchema' }]), set('credentialSchema', [{ id: 'https://x.example/s' }])],
  },
  'OB-I8 achievementType is of the list or ext: and more': {
    pass: each(`${A}/achievementType`, (one) => one, [...ACHIEVEMENT_TYPES, 'ext:NationalCertificate']),
    fail: each(`${A}/achievementType`, (one) => one, NEITHER),
  },
  'OB-I9 identifierType and identityType are of the list or ext: and more': {
    pass: [
      ...each('credentialSubject/identifier', (identityType) => [{ ...identity, identityType }], IDENTIFIER_TYPES),
      ...each('issuer/otherIdentifier', (identifierType) => [{ ...entry, identifierType }], [
        ...IDENTIFIER_TYPES,
        'ext:PRC',
      ]),
    ],
    fail: [
      ...each('credentialSubject/identifier', (identityType) => [{ ...identity, identityType }], NEITHER),
      ...each('issuer/otherIdentifier', (identifierType) => [{ ...entry, identifierType }], NEITHER),
    ],
  },
  'OB-I10 targetType of an alignment is of the list or ext: and more': {
    pass: each(`${A}/alignment`, (targetType) => [{ ...alignment, targetType }], [...TARGET_TYPES, 'ext:PSG']),
    fail: each(`${A}/alignment`, (targetType) => [{ ...alignment, targetType }], NEITHER),
  },
  'OB-I11 resultType is of the list or ext: and more': {
    pass: each(`${A}/resultDescription`, (resultType) => [{ ...described, resultType }], [...RESULT_TYPES, 'ext:X']),
    fail: each(`${A}/resultDescription`, (resultType) => [{ ...described, resultType }], NEITHER),
  },
  'OB-I12 status of a result is of the closed list': {
    pass: each('credentialSubject/result', (one) => [{ type: ['Result'], status: one }], STATUSES),
    fail: each('credentialSubject/result', (one) => [{ type: ['Result'], status: one }], [...NEITHER, 'ext:Passed']),
  },
  'OB-I13 an ext: name is one from beginning to end': {
    pass: [set(`${A}/achievementType`, 'ext:a-b_c.D9')],
    stricter: [
      ...each(`${A}/achievementType`, (one) => one, UNANCHORED),
      ...each(`${A}/alignment`, (targetType) => [{ ...alignment, targetType }], UNANCHORED),
      ...each(`${A}/resultDescription`, (resultType) => [{ ...described, resultType }], UNANCHORED),
      ...each('credentialSubject/identifier', (identityType) => [{ ...identity, identityType }], UNANCHORED),
    ],
    fail: [set(`${A}/achievementType`, 'ext:')],
  },
  'OB-D1 @context, id, type, issuer, validFrom and exactly one credentialSubject': {
    pass: [asItIs, set('name', undefined)],
    fail: [
      ...without('@context', 'id', 'type', 'issuer', 'validFrom', 'credentialSubject'),
      (badge) => {
        badge.credentialSubject = [badge.credentialSubject];
      },
      (badge) => {
        badge.credentialSubject = [badge.credentialSubject, badge.credentialSubject];
      },
    ],
  },
  'OB-D2 an issuer that is an object has an id and the type Profile': {
    pass: [set('issuer/url', 'https://school.example'), set('issuer/type', ['Profile', 'https://x.example/School'])],
    fail: [
      set('issuer/type', undefined),
      set('issuer/type', ['https://x.example/School']),
      set('issuer/id', undefined),
    ],
  },
  'OB-D3 a subject has its type, an achievement, and an id or an identifier': {
    pass: [
      both(set('credentialSubject/id', undefined), set('credentialSubject/identifier', [identity])),
      set('credentialSubject/identifier', [identity]),
    ],
    fail: [...without('credentialSubject/type', A), set('credentialSubject/type', ['https://x.example/Learner'])],
    stricter: without('credentialSubject/id'),
  },
  'OB-D4 an achievement has id, type, name, description and criteria with content': {
    pass: [set(`${A}/criteria`, { id: 'https://school.example/criteria' })],
    fail: without(`${A}/id`, `${A}/type`, `${A}/name`, `${A}/description`, `${A}/criteria`),
    stricter: [set(`${A}/criteria`, {})],
  },
  'OB-D6 an identity object is complete and closed': {
    pass: [set('credentialSubject/identifier', [{ ...identity, salt: 'x' }])],
    fail: each('credentialSubject/identifier', list, [
      ...lacking(identity, 'type', 'hashed', 'identityHash', 'identityType'),
      { ...identity, name: 'Maria' },
      { ...identity, hashed: 'no' },
    ]),
  },
  'OB-D8 an alignment has type, targetName and targetUrl': {
    pass: [set(`${A}/alignment`, [alignment])],
    fail: each(`${A}/alignment`, list, lacking(alignment, 'type', 'targetName', 'targetUrl')),
  },
  'OB-D9 a related achievement has id and type': {
    pass: [set(`${A}/related`, [{ ...related, version: '2' }])],
    fail: each(`${A}/related`, list, lacking(related, 'id', 'type')),
  },
  'OB-D10 a result description has id, type, name and resultType': {
    pass: [set(`${A}/resultDescription`, [{ ...described, allowedValue: ['A', 'B', 'C'], valueMin: 'C' }])],
    fail: each(`${A}/resultDescription`, list, [
      ...lacking(described, 'id', 'type', 'name', 'resultType'),
      { ...described, valueMax: 4 },
    ]),
  },
  'OB-D11 a result has its type': {
    pass: [set('credentialSubject/result', [{ type: ['Result'], value: 'A' }])],
    fail: [set('credentialSubject/result', [{ value: 'A' }])],
  },
  'OB-D12 an image is an object with id and type, and closed': {
    pass: [set(`${A}/image`, { ...image, caption: 'A diamond' }), set('issuer/image', image)],
    fail: [
      ...each(`${A}/image`, (one) => one, [...lacking(image, 'id', 'type'), image.id, { ...image, name: 'x' }]),
      set('issuer/image', image.id),
    ],
  },
  'OB-D13 evidence has its type': {
    pass: [set('evidence', [{ type: ['Evidence'], name: 'Portfolio', genre: 'Portfolio', audience: 'Assessors' }])],
    fail: [set('evidence', [{ name: 'Portfolio' }]), set('evidence', [{ type: ['https://x.example/Thing'] }])],
  },
  'OB-D14 times have a zone': {
    pass: [set('awardedDate', '2026-06-15T09:00:00+08:00')],
    fail: each('validFrom', (one) => one, ['2026-06-15T01:00:00', '2026-06-15']),
  },
  'OB-D17 one status entry, never a list': {
    pass: [asItIs],
    fail: [both(extended, set('credentialStatus', [status]))],
  },
};
