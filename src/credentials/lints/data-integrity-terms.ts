import type { FieldError } from '#kernel';
import { OPEN_BADGES_EXTENSIONS } from '#proofs';
import type { LintRule } from './rule.ts';
import { faults, isOfEndorsement, walk } from './walk.ts';

const fault = faults('data-integrity-terms');
const PROOFS = new Set(['proof']);
/** In no context that a badge of ours names: they would be refused when signing, or left unsigned by a lax library. */
const UNDEFINED = new Set(['endorsementJwt', 'renderMethod', 'jti']);

export const dataIntegrityTerms: LintRule = {
  id: 'data-integrity-terms',
  source:
    'Open Badges 3.0.3 context (no endorsementJwt); extensions.json defines the 1EdTech types; no proof before signing',
  effective: '2026-01-01',
  check(document) {
    const errors: FieldError[] = [];
    const contexts = document['@context'];
    const extensions = Array.isArray(contexts) && contexts.includes(OPEN_BADGES_EXTENSIONS);
    for (const { pointer, key, value } of walk(document)) {
      if (UNDEFINED.has(key)) errors.push(fault(pointer, `${key} is not defined in the contexts of a badge`));
      if (PROOFS.has(key) && !isOfEndorsement(pointer, 'proof'))
        errors.push(fault(pointer, 'an unsigned credential has no proof'));
      if (key === 'type' && typeof value === 'string' && value.startsWith('1EdTech') && !extensions) {
        errors.push(fault(pointer, `${value} needs the context ${OPEN_BADGES_EXTENSIONS}`));
      }
    }
    return errors;
  },
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
