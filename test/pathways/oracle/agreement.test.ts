import { describe, expect, it } from 'vitest';
import { evaluate } from '#pathways';
import { differences } from './compare.ts';
import { generate } from './generate.ts';
import { oracle } from './oracle.ts';

/** More are compared by `node test/pathways/oracle/run.ts --from SEED --count N`. */
const [FROM, COUNT] = [1_000_000, 4_000];

describe('the evaluator and the oracle', () => {
  it(`give one answer: state, objective, placement, totals, what does not count and why (${COUNT} instances)`, () => {
    const found: string[] = [];
    for (let seed = FROM; seed < FROM + COUNT; seed++) {
      const input = generate(seed);
      const evaluation = evaluate(input);
      // Small instances are always decided wholly.
      if (Object.values(evaluation.proved).includes(false)) found.push(`seed ${seed}: not proved`);
      const difference = differences(evaluation, oracle(input));
      if (difference !== undefined) found.push(`seed ${seed}: ${difference}`);
    }
    expect(found).toEqual([]);
  });
});
