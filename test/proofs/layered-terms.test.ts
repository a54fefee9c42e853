import { describe, expect, it } from 'vitest';
import { LayeredTerms } from '../../src/proofs/canonical/layered-terms.ts';
import { createDraw } from './compiled/draw.ts';

const NAMES = Array.from({ length: 12 }, (_, n) => `term${n}`);

/** What a map says when asked in every way there is, but for its order. */
function told(terms: Map<string, object>) {
  const each: [string, object][] = [];
  terms.forEach((definition, term) => {
    each.push([term, definition]);
  });
  return {
    ...{ size: terms.size, keys: [...terms.keys()].sort(), values: new Set(terms.values()) },
    ...{ entries: Object.fromEntries(terms), each: Object.fromEntries(each) },
    asked: NAMES.map((name) => [terms.has(name), terms.get(name)]),
  };
}

describe('terms in layers', () => {
  it('are what copies of maps would be, whatever is written to which of them, and when', () => {
    const draw = createDraw(Number(process.env.TATAK_SEED ?? Date.now() % 1_000_000));
    for (let run = 0; run < 200; run++) {
      const first = new Map<string, object>(NAMES.slice(0, draw.below(8)).map((name, n) => [name, { n }]));
      const pairs: [LayeredTerms, Map<string, object>][] = [[new LayeredTerms(first), new Map(first)]];
      for (let step = 0; step < 60; step++) {
        const [layered, copied] = pairs[draw.below(pairs.length)]!;
        const name = NAMES[draw.below(NAMES.length)]!;
        const what = draw.below(10);
        if (what < 5) {
          const definition = { run, step };
          expect(layered.set(name, definition)).toBe(layered);
          copied.set(name, definition);
        } else if (what < 7) expect(layered.delete(name)).toBe(copied.delete(name));
        else if (what < 9) pairs.push([layered.branch(), new Map(copied)]);
        else if (draw.below(20) === 0) {
          layered.clear();
          copied.clear();
        }
      }
      for (const [layered, copied] of pairs) expect(told(layered)).toEqual(told(copied));
    }
  });

  it('are a map for whoever asks', () => {
    expect(new LayeredTerms(new Map())).toBeInstanceOf(Map);
  });
});
