import { isObject, type Json } from '#kernel';
import { everyNode } from './every-node.ts';
import type { LintRule } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('no-empty');

function emptiness(value: Json): string | undefined {
  if (value === null) return 'is null: leave the member out';
  if (value === '') return 'is empty text: leave the member out';
  if (Array.isArray(value) && value.length === 0) return 'is an empty array: leave the member out';
  if (isObject(value) && Object.keys(value).length === 0) return 'is an empty object: leave the member out';
  return undefined;
}

/** An empty id drops its statement in silence, a null shortens a list, and an empty object signs as nothing. */
export const noEmpty: LintRule = {
  id: 'no-empty',
  source: 'Open Badges 3.0 section "Serialization": null and empty values are omitted; JSON-LD 1.1 drops them unsigned',
  effective: '2026-01-01',
  check: everyNode(({ pointer, value }) => {
    const wrong = emptiness(value);
    return wrong ? fault(pointer, wrong) : undefined;
  }),
  examples: {
    pass: [
      (d) => {
        delete d.evidence;
      },
    ],
    fail: [
      ...[[], null, {}, ''].map((value) => ({
        change: (d: { evidence: unknown }) => {
          d.evidence = value;
        },
        pointer: '/evidence',
      })),
      {
        change: (d) => d.credentialSubject.achievement.alignment.push(null),
        pointer: '/credentialSubject/achievement/alignment/1',
      },
      {
        change: (d) => {
          d.credentialSubject.id = '';
        },
        pointer: '/credentialSubject/id',
      },
    ],
  },
};
