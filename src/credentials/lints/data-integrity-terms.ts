import type { FieldError } from '#kernel';
import type { LintRule } from './rule.ts';
import { faults, walk } from './walk.ts';

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
    for (const { pointer, key, value } of walk(document)) {
      if (UNDEFINED.has(key)) errors.push(fault(pointer, `${key} is not defined in the contexts of a badge`));
      if (PROOFS.has(key)) errors.push(fault(pointer, 'an unsigned credential has no proof'));
      if (key === 'type' && typeof value === 'string' && value.startsWith('1EdTech')) {
        errors.push(fault(pointer, `${value} needs a context that a badge does not name`));
      }
    }
    return errors;
  },
  examples: {
    pass: [
      (d) => {
        d.description = 'proof of skill';
      },
    ],
    fail: [
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
