import type { JsonObject } from '#kernel';
import type { LintContext, Sample } from './rule.ts';

const PUBLIC = 'https://badges.example';
const DID = 'did:web:badges.example:institutions:specimen-college';
const CREDENTIAL = '00000000000000000000000001';
const ACHIEVEMENT = '00000000000000000000000002';
const LIST = '00000000000000000000000003';
const AWARD = 'urn:uuid:9a1f0f5c-6a8b-4d57-8a3e-0c5a4b8d1e2f';
const SUBJECT = 'urn:uuid:5b0c2a44-4f0e-4f3b-9a53-6d1c7f8e9a0b';

const achievement = (): JsonObject => ({
  id: `${PUBLIC}/achievements/${ACHIEVEMENT}`,
  type: ['Achievement', 'PhAchievement'],
  achievementType: 'MicroCredential',
  name: 'SPECIMEN Maintain computer systems',
  description: 'Keeps computer systems and networks working.',
  criteria: { narrative: 'Practical demonstration before an assessor.' },
  image: { id: `${PUBLIC}/images/${'a'.repeat(64)}`, type: 'Image' },
  alignment: [
    {
      type: ['Alignment'],
      targetName: 'Level 2',
      targetUrl: 'https://framework.example/level/2',
      targetType: 'CFItem',
    },
  ],
  resultDescription: [
    {
      id: 'urn:uuid:0d6a9d1e-9bfa-4b8e-8f5d-0d9f2a1b3c4d',
      type: ['ResultDescription'],
      name: 'Final grade',
      resultType: 'LetterGrade',
      allowedValue: ['A', 'B', 'C'],
    },
  ],
  version: '1',
});

/** A badge without a fault, on which the examples of the rules are built. */
export function sampleDocument(): Sample {
  return {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      `${PUBLIC}/contexts/ph/v1-draft`,
    ],
    id: `${PUBLIC}/credentials/${CREDENTIAL}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential', 'PhCredential'],
    name: 'SPECIMEN Maintain computer systems',
    issuer: { id: DID, type: ['Profile', 'PhProfile'], name: 'Specimen College' },
    validFrom: '2026-03-01T00:00:00Z',
    awardedDate: '2026-02-28T00:00:00Z',
    awardId: AWARD,
    realism: 'Illustrative',
    credentialSubject: {
      id: SUBJECT,
      type: ['AchievementSubject'],
      identifier: [{ type: 'IdentityObject', hashed: false, identityHash: 'Niña Peñaflor', identityType: 'name' }],
      achievement: achievement(),
      result: [
        {
          type: ['Result'],
          resultDescription: 'urn:uuid:0d6a9d1e-9bfa-4b8e-8f5d-0d9f2a1b3c4d',
          value: 'A',
        },
      ],
    },
    evidence: [{ type: ['Evidence'], name: 'Practical demonstration' }],
    credentialStatus: {
      id: `${PUBLIC}/status/${LIST}#42`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '42',
      statusListCredential: `${PUBLIC}/status/${LIST}`,
    },
  };
}

export function sampleContext(): LintContext {
  return {
    tenant: 'specimen-college',
    issuer: DID,
    publicUrl: PUBLIC,
    now: new Date('2026-03-01T00:00:00Z'),
    specimen: true,
    achievement: {
      id: ACHIEVEMENT,
      version: 1,
      document: achievement(),
      extension: true,
      statusType: 'BitstringStatusListEntry',
    },
  };
}
