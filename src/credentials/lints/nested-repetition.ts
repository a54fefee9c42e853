import { type FieldError, isObject, type Json } from '#kernel';
import type { LintRule } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('nested-repetition');
const DEPTH = 3;

/**
 * Equal nodes without ids, nested: canonicalisation has to try every pairing, and a verifier with the default work
 * limit gives up. One level, such as fifty equal alignments, is fine.
 */
export const nestedRepetition: LintRule = {
  id: 'nested-repetition',
  source: 'RDF Dataset Canonicalization 1.0 section 7.1 (poison graphs); every default verifier must be able to follow',
  effective: '2026-01-01',
  check(document) {
    const errors: FieldError[] = [];
    if (levelsOfMany(document) >= DEPTH) descend(document, '', 0, errors);
    return errors;
  },
  examples: {
    pass: [
      (d) => {
        d.evidence = Array.from({ length: 50 }, () => ({ type: ['Evidence'], name: 'Same' }));
      },
      (d) => {
        d.evidence = twins(twins(twins({ name: 'x' }))).map((one, index) => ({ ...one, id: `urn:x:${index}` }));
      },
    ],
    fail: [
      {
        change: (d) => {
          d.evidence = twins(twins(twins({ name: 'x' })));
        },
        pointer: '/evidence/1/part/1/part/1',
      },
    ],
  },
};

function twins(part: Json): { type: string[]; part: Json }[] {
  return [1, 2].map(() => ({ type: ['Evidence'], part }));
}

/** How deep lists nest in which two nodes or more have no id: hardly ever as deep as there would have to be equal ones. */
function levelsOfMany(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  let inside = 0;
  let anonymous = 0;
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof item !== 'object' || item === null) continue;
    inside = Math.max(inside, levelsOfMany(item));
    if (!Array.isArray(item) && item.id === undefined) anonymous++;
  }
  return Array.isArray(value) && anonymous > 1 ? inside + 1 : inside;
}

/** @param levels how many repeated nodes without ids already stand above */
function descend(value: Json, pointer: string, levels: number, errors: FieldError[]): void {
  if (Array.isArray(value)) {
    const seen = new Set<string>();
    for (const [index, item] of value.entries()) {
      const at = `${pointer}/${index}`;
      const text = isObject(item) && item.id === undefined ? JSON.stringify(item) : undefined;
      const repeated = text !== undefined && seen.has(text);
      if (text !== undefined) seen.add(text);
      if (repeated && levels + 1 >= DEPTH) {
        errors.push(fault(at, `repeats an equal node without id, ${DEPTH} levels deep: give these nodes ids`));
        continue;
      }
      descend(item, at, levels + (repeated ? 1 : 0), errors);
    }
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) descend(item, `${pointer}/${key}`, value.id ? 0 : levels, errors);
  }
}
