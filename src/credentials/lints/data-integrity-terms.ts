import { OPEN_BADGES_EXTENSIONS } from '#proofs';
import { everyNode } from './every-node.ts';
import type { LintRule } from './rule.ts';
import { faults, isOfEndorsement } from './walk.ts';

const fault = faults('data-integrity-terms');
/** In no context that a badge of ours names: they would be refused when signing, or left unsigned by a lax library. */
const UNDEFINED = new Set(['endorsementJwt', 'renderMethod', 'jti']);

export const dataIntegrityTerms: LintRule = {
  id: 'data-integrity-terms',
  source:
    'Open Badges 3.0.3 context (no endorsementJwt); extensions.json defines the 1EdTech types; no proof before signing',
  effective: '2026-01-01',
  check: everyNode(({ pointer, key, value }, contexts) => {
    if (UNDEFINED.has(key)) return fault(pointer, `${key} is not defined in the contexts of a badge`);
    if (key === 'proof') {
      return isOfEndorsement(pointer, 'proof') ? undefined : fault(pointer, 'an unsigned credential has no proof');
    }
    if (key !== 'type' || typeof value !== 'string' || !value.startsWith('1EdTech')) return undefined;
    const isDefined = Array.isArray(contexts) && contexts.includes(OPEN_BADGES_EXTENSIONS);
    return isDefined ? undefined : fault(pointer, `${value} needs the context ${OPEN_BADGES_EXTENSIONS}`);
  }),
  examples: {
    pass: [
      (d) => {
        d.credentialSubject.achievement.endorsement = [{ proof: { type: 'DataIntegrityProof' } }];
      },
      (d) => {
        d.description = 'proof of skill';
      },
      (d, c) => {
        c.achievement.statusType = '1EdTechRevocationList';
        d['@context'].splice(2, 0, OPEN_BADGES_EXTENSIONS);
        d.credentialStatus = { id: `${c.publicUrl}/revocations/${'0'.repeat(26)}`, type: '1EdTechRevocationList' };
      },
    ],
    fail: [
      {
        change: (d) => {
          d.credentialSubject.achievement.endorsement = [{ credentialSubject: { proof: {} } }];
        },
        pointer: '/credentialSubject/achievement/endorsement/0/credentialSubject/proof',
      },
      {
        change: (d) => {
          d.endorsementJwt = ['a.b.c'];
        },
        pointer: '/endorsementJwt',
      },
      {
        change: (d) => {
          d.proof = { type: 'DataIntegrityProof' };
        },
        pointer: '/proof',
      },
      {
        change: (d) => {
          d.credentialSchema = [{ id: 'https://x.example/s', type: '1EdTechJsonSchemaValidator2019' }];
        },
        pointer: '/credentialSchema/0/type',
      },
    ],
  },
};
