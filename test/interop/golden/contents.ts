import type { JsonObject } from '#kernel';

const CONTEXT = ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'];
const HOST = 'https://badges.example.ph';
const RESULT = 'urn:uuid:7a0a8e0e-9e4c-4b52-9c3b-0e6f0a5f1f01';
const alignment = (index: number, more: JsonObject = {}): JsonObject => ({
  type: ['Alignment'],
  targetName: `Unit ${index}`,
  targetUrl: `https://framework.example.ph/units/${index}`,
  ...more,
});
const evidence = (index: number, more: JsonObject = {}): JsonObject => ({
  id: `https://evidence.example.ph/${index}`,
  type: ['Evidence'],
  name: `Piece ${index}`,
  ...more,
});
const many = (count: number, make: (index: number) => JsonObject) => Array.from({ length: count }, (_, at) => make(at));

/** What is put into a plain badge, by where it goes. */
interface Content {
  credential?: JsonObject;
  subject?: JsonObject;
  achievement?: JsonObject;
  issuer?: JsonObject | string;
}

const levels = [
  {
    id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
    type: ['RubricCriterionLevel'],
    name: 'Proficient',
    points: '3',
  },
  { id: 'urn:uuid:00000000-0000-4000-8000-000000000002', type: ['RubricCriterionLevel'], name: 'Expert', points: '4' },
];

/** Everything an Open Badge may say that matters to one of three readers; each is issued by every issuer of the set. */
export const CONTENTS: Record<string, Content> = {
  plain: {},
  'a name with ñ': { credential: { name: 'Pagkakabit ng Niño Solar sa Doña Remedios' } },
  'text in Baybayin': { achievement: { description: 'ᜊᜌ᜔ᜊᜌᜒᜈ᜔ at Filipino na teksto' } },
  'characters beyond the first plane': { achievement: { tag: ['☀️', '🔧', '𝔖olar'] } },
  'quotes, backslash and line breaks': { achievement: { description: 'say "hi" \\ then\nnext\tline' } },
  'an empty name of evidence': { credential: { evidence: [evidence(1, { narrative: '' })] } },
  'markup in text': { achievement: { criteria: { narrative: '<b>not</b> **html** & [x](javascript:1)' } } },
  'a description of 2 000 characters': { achievement: { description: 'x'.repeat(2_000) } },
  'dates with an offset': { credential: { validFrom: '2026-11-02T16:00:00+08:00' } },
  milliseconds: { credential: { validFrom: '2026-11-02T08:00:00.125Z' } },
  'an end far away': { credential: { validUntil: '2099-12-31T23:59:59Z' } },
  'the day of the award': { credential: { awardedDate: '2026-10-30T00:00:00+08:00' } },
  'an hour of credit': { subject: { creditsEarned: 1 } },
  'a decimal credit': { subject: { creditsEarned: 2.5 }, achievement: { creditsAvailable: 3.25 } },
  'fifty alignments': { achievement: { alignment: many(50, (index) => alignment(index)) } },
  'fifty equal alignments': { achievement: { alignment: many(50, () => alignment(1)) } },
  'thirty pieces of evidence': { credential: { evidence: many(30, (index) => evidence(index)) } },
  'thirty equal pieces without id': {
    credential: { evidence: many(30, () => ({ type: ['Evidence'], name: 'Same', narrative: 'Same' })) },
  },
  'a letter grade': {
    achievement: {
      resultDescription: [
        { id: RESULT, type: ['ResultDescription'], name: 'Grade', resultType: 'LetterGrade', allowedValue: ['A', 'B'] },
      ],
    },
    subject: { result: [{ type: ['Result'], resultDescription: RESULT, value: 'A' }] },
  },
  'a rubric level': {
    achievement: {
      resultDescription: [
        {
          id: RESULT,
          type: ['ResultDescription'],
          name: 'Rubric',
          resultType: 'RubricCriterionLevel',
          rubricCriterionLevel: levels,
          requiredLevel: levels[0]!.id,
        },
      ],
    },
    subject: { result: [{ type: ['Result'], resultDescription: RESULT, achievedLevel: levels[1]!.id }] },
  },
  'a status result': {
    achievement: {
      resultDescription: [{ id: RESULT, type: ['ResultDescription'], name: 'State', resultType: 'Status' }],
    },
    subject: { result: [{ type: ['Result'], resultDescription: RESULT, status: 'Completed' }] },
  },
  'a hashed identifier': {
    subject: {
      identifier: [
        {
          type: 'IdentityObject',
          hashed: true,
          identityType: 'emailAddress',
          salt: 'c2FsdA',
          identityHash: 'sha256$9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        },
      ],
    },
  },
  'a plain name identifier': {
    subject: {
      identifier: [{ type: 'IdentityObject', hashed: false, identityType: 'name', identityHash: 'Ana Specimen' }],
    },
  },
  'an image with caption': {
    achievement: { image: { id: 'https://badges.example.ph/images/1', type: 'Image', caption: 'A sun' } },
  },
  'a related edition': {
    achievement: {
      related: [{ id: `${HOST}/achievements/fil`, type: ['Related'], inLanguage: 'fil', version: '2' }],
    },
  },
  'another identifier of the achievement': {
    achievement: {
      otherIdentifier: [{ type: 'IdentifierEntry', identifier: 'SP-101', identifierType: 'sourcedId' }],
    },
  },
  'an extension type of achievement': { achievement: { achievementType: 'ext:CertificateOfCompetency' } },
  'an extension type of target': { achievement: { alignment: [alignment(1, { targetType: 'ext:Unit' })] } },
  'an address of the issuer': {
    issuer: { url: 'https://school.example.ph', email: 'registrar@school.example.ph', phone: '+63 2 0000 0000' },
  },
  'the issuer as an address only': { issuer: 'bare' },
  'a schema of the standard': {
    credential: {
      '@context': [...CONTEXT, 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
      credentialSchema: [
        {
          id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
          type: '1EdTechJsonSchemaValidator2019',
        },
      ],
    },
  },
  'the other name of the type': { credential: { type: ['VerifiableCredential', 'AchievementCredential'] } },
  'the source of the assessment': {
    subject: { source: { id: 'https://assessor.example.ph', type: ['Profile'], name: 'Specimen Assessment Centre' } },
  },
  'a role and a period': {
    subject: { role: 'Installer', activityStartDate: '2026-01-05T00:00:00Z', activityEndDate: '2026-03-05T00:00:00Z' },
  },
};

/** An unsigned badge of this issuer. */
export function badgeOf(issuer: string, content: Content): JsonObject {
  const profile = { id: issuer, type: ['Profile'], name: 'Specimen Technical School' };
  return {
    '@context': CONTEXT,
    id: `${HOST}/credentials/golden`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Solar Array Wiring',
    issuer: content.issuer === 'bare' ? issuer : { ...profile, ...(content.issuer as JsonObject | undefined) },
    validFrom: '2026-11-02T08:00:00Z',
    ...content.credential,
    credentialSubject: {
      id: 'urn:uuid:5a0f1b7e-1d5a-4bb2-8d1f-4d0f3c1c2a10',
      type: ['AchievementSubject'],
      ...content.subject,
      achievement: {
        id: `${HOST}/achievements/solar`,
        type: ['Achievement'],
        name: 'Solar Array Wiring',
        description: 'Wires a small photovoltaic array safely.',
        criteria: { narrative: 'Passed a practical assessment.' },
        ...content.achievement,
      },
    },
  };
}
