import type { JsonObject } from '#kernel';
import { isNotEligible, type Rule } from '../../../src/proofs/canonical/compiled/index.ts';
import type { Draw } from './draw.ts';
import { createEngine, isPortable, reference } from './engine.ts';
import { generate, vary } from './generate.ts';

/** Of documents. */
export interface Counts {
  documents: number;
  /** By a plan, one that was there already, or one made for the document. */
  answered: number;
  cached: number;
  /** The reference refuses it; none of these may be answered. */
  refused: number;
  /** The reference accepts it, and the compiled path leaves it alone, by rule. */
  notEligible: number;
  rules: Partial<Record<Rule, number>>;
  different: number;
}

export interface Difference {
  document: JsonObject;
  use: 'issue' | 'verify';
  expected: string | undefined;
  answered: string;
}

/** Documents of one shape that follow each other. */
const VARIANTS = 15;

/**
 * Random documents through the reference and through the compiled path.
 * @param without rules taken out, for the test of the test
 * @param indexes as of `generate`
 */
export async function compare(
  draw: Draw,
  documents: number,
  without: ReadonlySet<Rule> = new Set(),
  indexes?: number,
): Promise<{ counts: Counts; differences: Difference[] }> {
  const counts: Counts = {
    documents: 0,
    answered: 0,
    cached: 0,
    refused: 0,
    notEligible: 0,
    rules: {},
    different: 0,
  };
  const differences: Difference[] = [];
  let engine = createEngine(draw, without);
  let base = generate(draw, indexes);
  for (let index = 0; index < documents; index++) {
    // Plans live on for a while: another document of the same key may come.
    if (index % 500 === 0) engine = createEngine(draw, without);
    const document = index % (VARIANTS + 1) === 0 ? generate(draw, indexes) : vary(base, draw);
    if (index % (VARIANTS + 1) === 0) base = document;
    counts.documents++;
    const expected = await reference(document);
    const portable = expected !== undefined && isPortable(document, expected);
    const verified = await engine.answer(document, 'verify');
    const issued = await engine.cached(document, 'issue');
    for (const [use, answer, right] of [
      ['verify', verified, expected],
      ['issue', issued, portable ? expected : undefined],
    ] as const) {
      if (isNotEligible(answer) || answer.nquads === right) continue;
      counts.different++;
      differences.push({ document, use, expected: right, answered: answer.nquads });
    }
    if (expected === undefined) counts.refused++;
    else if (isNotEligible(verified)) {
      counts.notEligible++;
      counts.rules[verified.notEligible] = (counts.rules[verified.notEligible] ?? 0) + 1;
    } else {
      counts.answered++;
      if (verified.cached) counts.cached++;
    }
  }
  return { counts, differences };
}
