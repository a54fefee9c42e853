import type { JsonObject } from '#kernel';
import { CREDENTIALS_V2, createContextLoader, createProofMaker, OPEN_BADGES_3_0_3 } from '#proofs';

const loader = createContextLoader({ phContext: '{"@context":{}}', phContextUrl: 'http://localhost/contexts/ph/v1' });
/** Signs for somebody who has nothing to do with this service. */
export const foreignMaker = createProofMaker({ loader });

export const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
let serial = 0;

/** An Open Badge 3.0 of another system, unsigned; each call another id. */
export function foreignBadge(issuer: string): JsonObject {
  return {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3],
    id: `urn:uuid:7c1e6f60-2d3b-4a55-9f1d-${String(++serial).padStart(12, '0')}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Set-up computer networks',
    issuer: { id: issuer, type: ['Profile'], name: 'Specimen Technical School' },
    validFrom: '2026-06-15T01:00:00Z',
    credentialSubject: {
      id: 'did:example:learner',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://school.example/achievements/1',
        type: ['Achievement'],
        name: 'Set-up computer networks',
        description: 'Plans, installs and configures a small computer network.',
        criteria: { narrative: 'Demonstrated in front of an assessor.' },
      },
    },
  };
}
