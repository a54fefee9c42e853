import { type FieldError, LIMITS } from '#kernel';
import type { LintRule } from './rule.ts';
import { faults, walk } from './walk.ts';

const fault = faults('caps');
const CHARACTERS: Record<string, number> = {
  name: LIMITS.nameChars,
  targetName: LIMITS.nameChars,
  identityHash: LIMITS.nameChars,
  description: LIMITS.descriptionChars,
  targetDescription: LIMITS.descriptionChars,
  narrative: LIMITS.narrativeChars,
};
const ITEMS: Record<string, number> = {
  alignment: LIMITS.alignments,
  evidence: LIMITS.evidence,
  result: LIMITS.evidence,
  resultDescription: LIMITS.evidence,
};

/** Every verifier pays for what one issuer signs. */
export const caps: LintRule = {
  id: 'caps',
  source: 'own limits, src/kernel/limits.ts: characters of text, items of a list',
  effective: '2026-01-01',
  check(document) {
    const errors: FieldError[] = [];
    for (const { pointer, key, value } of walk(document)) {
      const characters = CHARACTERS[key];
      if (characters && typeof value === 'string' && value.length > characters) {
        errors.push(fault(pointer, `has more than ${characters} characters`));
      }
      const items = ITEMS[key];
      if (items && Array.isArray(value) && value.length > items) {
        errors.push(fault(pointer, `has more than ${items} items`));
      }
    }
    return errors;
  },
  examples: {
    pass: [
      (d) => {
        d.name = 'x'.repeat(LIMITS.nameChars);
      },
    ],
    fail: [
      {
        change: (d) => {
          d.name = 'x'.repeat(LIMITS.nameChars + 1);
        },
        pointer: '/name',
      },
      {
        change: (d) => {
          d.evidence = Array.from({ length: LIMITS.evidence + 1 }, () => d.evidence[0]);
        },
        pointer: '/evidence',
      },
    ],
  },
};
