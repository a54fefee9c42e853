import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowed, assess, compareScores, type Score } from '../../src/pathways/assess.ts';
import { compile } from '../../src/pathways/compile.ts';
import { evaluate as evaluateWith } from '../../src/pathways/evaluate.ts';
import { amounts, prepare } from '../../src/pathways/facts.ts';
import { createWorld, type Option } from '../../src/pathways/options.ts';
import { budgetOf } from '../../src/pathways/search.ts';
import { type Solution, solve } from '../../src/pathways/solve.ts';
import { inputArb } from './random.ts';
import { all, code, credit, DATE, holding, pathway, require_, rule } from './support.ts';

const RUNS = Number(process.env.STACK_RUNS ?? 400);

/** Every allowed assignment there is, the best by the order of A6. */
function byTryingEverything({ wallet, rules }: Solution): Score {
  let best = assess([], rules);
  const lists = wallet.options.filter((list) => list.length > 0);
  const go = (at: number, placed: readonly Option[]): void => {
    if (at === lists.length) {
      const score = assess(placed, rules);
      if (compareScores(score, best) < 0) best = score;
      return;
    }
    go(at + 1, placed);
    for (const option of lists[at]!) {
      const next = [...placed, option];
      // Every limit is inherited by subsets.
      if (allowed(next, rules)) go(at + 1, next);
    }
  };
  go(0, []);
  return best;
}

const shown = ({ open, advisory, total, placed }: Score) => ({
  open,
  advisory,
  total,
  placed: placed.map(({ fact, slot, guise }) => [fact.holding.id, slot.placed.node.id, guise.decision?.id]),
});

describe('the search', () => {
  it('finds the best of all assignments, in every level', () => {
    fc.assert(
      fc.property(inputArb(5), (input) => {
        const compiled = compile(input.pathway);
        const facts = prepare(input.holdings, input.date);
        const world = createWorld(facts, input.date, input.decisions ?? [], amounts(input.carried ?? {}));
        for (const mode of ['sure', 'hopeful'] as const) {
          const options = { systems: compiled.systems, budget: budgetOf() };
          const solution = solve(compiled.unit, world, mode, options);
          expect(solution.proved).toEqual({ objective: true, tieBreak: true });
          expect(shown(solution.score)).toEqual(shown(byTryingEverything(solution)));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('answers the same without components and reductions', () => {
    fc.assert(
      fc.property(inputArb(8), (input) => {
        expect(evaluateWith(input)).toEqual(evaluateWith(input, { plain: true }));
      }),
      { numRuns: RUNS },
    );
  });

  it('answers the same where it matches instead of searching', () => {
    const codes = ['A', 'B', 'C', 'D', 'E'];
    const slot = fc.oneof(
      fc
        .uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: 2 })
        .map((list) => ({ kind: 'requireAll', list })),
      fc
        .uniqueArray(fc.constantFrom(...codes), { minLength: 2, maxLength: 3 })
        .map((list) => ({ kind: 'chooseN', list })),
      fc
        .uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: 2 })
        .map((list) => ({ kind: 'select', list })),
    );
    const held = fc.record({
      achievement: fc.constantFrom('p', 'q', 'r', 's', 't', 'u', 'v'),
      competencies: fc.subarray(codes, { maxLength: 2 }),
      credit: fc.constantFrom<Record<string, string>>({}, { ECTS: '1' }, { ECTS: '3' }, { 'TESDA-HOUR': '2' }),
      expires: fc.constantFrom('2027-01-01', '2028-01-01', undefined as never),
    });
    const sum = credit('sum', 'ECTS', '0.5');
    const quick = fc.record({
      slots: fc.array(slot, { minLength: 1, maxLength: 4 }),
      holdings: fc.array(held, { maxLength: 7 }),
      n: fc.integer({ min: 1, max: 2 }),
    });
    fc.assert(
      fc.property(quick, ({ slots, holdings, n }) => {
        const nodes = slots.map(({ kind, list }, at) =>
          kind === 'requireAll'
            ? require_(`s${at}`, ...list.map(code))
            : kind === 'chooseN'
              ? rule('chooseN', `s${at}`, { min: 1, items: list.map(code) })
              : rule('chooseN', `s${at}`, { min: n, select: { code: list } }),
        );
        const input = {
          pathway: pathway(all('root', ...nodes, sum)),
          holdings: holdings.map(({ achievement, ...rest }, at) =>
            holding(`${at}`, { ...rest, achievement: `urn:x:${achievement}` }),
          ),
          date: DATE,
        };
        expect(evaluateWith(input)).toEqual(evaluateWith(input, { plain: true }));
      }),
      { numRuns: RUNS },
    );
  });
});
