import { type FieldError, isObject, type Json } from '#kernel';
import { everyNode } from './every-node.ts';
import type { LintRule } from './rule.ts';
import { faults } from './walk.ts';

const fault = faults('set-duplicates');
/** Ordered lists may repeat a value. */
const LISTS = new Set(['allowedValue']);
const astral = (text: string) => /[\ud800-\udbff]/.test(text);
const high = (text: string) => /[\ue000-\uffff]/.test(text);

/**
 * A set of statements has no duplicates: libraries disagree on whether the second line is signed. The numbers 1 and "1"
 * can be one statement too. Libraries also disagree on the order of two values of which one has a character beyond
 * U+FFFF and the other one from U+E000 to U+FFFF (UTF-16 units against code points).
 */
export const setDuplicates: LintRule = {
  id: 'set-duplicates',
  source: 'RDF 1.1 Concepts section 3 (a graph is a set); RDF Dataset Canonicalization 1.0 (code point order)',
  effective: '2026-01-01',
  check: everyNode(({ pointer, key, value }) => {
    // One value is no repetition of another.
    if (!Array.isArray(value) || value.length < 2 || LISTS.has(key)) return undefined;
    const errors: FieldError[] = [];
    const seen = new Set<string>();
    for (const [index, item] of value.entries()) {
      const as = scalar(item);
      if (as === undefined) continue;
      if (seen.has(as)) errors.push(fault(`${pointer}/${index}`, 'repeats another value of the set'));
      seen.add(as);
    }
    const texts = value.filter((item) => typeof item === 'string');
    if (texts.some(astral) && texts.some((text) => high(text) && !astral(text))) {
      errors.push(fault(pointer, 'mixes characters that libraries sort differently'));
    }
    return errors.length > 0 ? errors : undefined;
  }),
  examples: {
    pass: [
      (d) => {
        d.credentialSubject.achievement.resultDescription[0].allowedValue = ['A', 'A'];
      },
      (d) => {
        d.evidence = [d.evidence[0], d.evidence[0]];
      },
    ],
    fail: [
      {
        change: (d) => {
          d.credentialSubject.achievement.tag = ['a', 'b', 'a'];
        },
        pointer: '/credentialSubject/achievement/tag/2',
      },
      {
        change: (d) => {
          d.credentialSubject.achievement.tag = [1, '1'];
        },
        pointer: '/credentialSubject/achievement/tag/1',
      },
      {
        change: (d) => {
          d.credentialSubject.achievement.tag = ['\uff5e', '😀'];
        },
        pointer: '/credentialSubject/achievement/tag',
      },
    ],
  },
};

function scalar(value: Json): string | undefined {
  return isObject(value) || Array.isArray(value) ? undefined : String(value);
}
