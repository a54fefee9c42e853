import { describe, expect, it } from 'vitest';
import { type JsonObject, systemRandom } from '#kernel';
import { isNotEligible, type Rule } from '../../../src/proofs/canonical/compiled/index.ts';
import { COUNTEREXAMPLES, changed, SEQUENCES } from './counterexamples.ts';
import { createEngine, isPortable, reference } from './engine.ts';
import { learningBadge } from './extension.ts';

const RULES: readonly Rule[] = [
  ...(['S-1', 'S-2', 'I-1', 'I-2', 'I-3', 'L-1', 'N-1', 'N-2', 'K-1', 'D-1', 'D-2', 'R-1', 'R-3'] as const),
];
const DOCUMENTS: readonly JsonObject[] = [
  learningBadge(),
  ...COUNTEREXAMPLES.map(changed),
  ...SEQUENCES.flatMap(({ first, second }) => [first, second]),
];

/** How many documents are answered otherwise than the reference answers, with these rules taken out. */
async function disagreements(without: ReadonlySet<Rule>): Promise<number> {
  const engine = createEngine(systemRandom, without);
  let count = 0;
  for (const document of DOCUMENTS) {
    const expected = await reference(document);
    const portable = expected !== undefined && isPortable(document, expected);
    const verified = await engine.answer(document, 'verify');
    const issued = await engine.cached(document, 'issue');
    if (!isNotEligible(verified) && verified.nquads !== expected) count++;
    else if (!isNotEligible(issued) && issued.nquads !== (portable ? expected : undefined)) count++;
  }
  return count;
}

describe('each rule carries weight: without it', () => {
  for (const rule of RULES) {
    it(`${rule}: some document is answered wrongly`, async () => {
      // Without the trial of a new plan as well, which would find some of it.
      expect(await disagreements(new Set([rule, 'plan']))).toBeGreaterThan(0);
    });
  }

  it('none: no document is', async () => {
    expect(await disagreements(new Set())).toBe(0);
    expect(await disagreements(new Set(['plan']))).toBe(0);
  });
});
