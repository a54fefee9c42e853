import { type Json, LIMITS } from '#kernel';
import { everyNode } from './every-node.ts';
import type { LintRule } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('caps');
const CHARACTERS = new Map<string, number>(
  Object.entries({
    name: LIMITS.nameChars,
    targetName: LIMITS.nameChars,
    identityHash: LIMITS.nameChars,
    description: LIMITS.descriptionChars,
    targetDescription: LIMITS.descriptionChars,
    narrative: LIMITS.narrativeChars,
  }),
);
const ITEMS = new Map<string, number>(
  Object.entries({
    alignment: LIMITS.alignments,
    evidence: LIMITS.evidence,
    result: LIMITS.evidence,
    resultDescription: LIMITS.evidence,
  }),
);

/** Every verifier pays for what one issuer signs. */
export const caps: LintRule = {
  id: 'caps',
  source: 'own limits, src/kernel/limits.ts: characters of text, items of a list',
  effective: '2026-01-01',
  check: everyNode(({ pointer, key, value }) => {
    const characters = typeof value === 'string' ? CHARACTERS.get(key) : undefined;
    if (characters && (value as string).length > characters) {
      return fault(pointer, `has more than ${characters} characters`);
    }
    const items = Array.isArray(value) ? ITEMS.get(key) : undefined;
    return items && (value as Json[]).length > items ? fault(pointer, `has more than ${items} items`) : undefined;
  }),
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
