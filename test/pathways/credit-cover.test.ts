import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleNode } from '#pathways';
import { compile } from '../../src/pathways/compile.ts';
import { createSplit } from '../../src/pathways/components.ts';
import { creditCover } from '../../src/pathways/credit-cover.ts';
import { evaluate } from '../../src/pathways/evaluate.ts';
import { prepare } from '../../src/pathways/facts.ts';
import { createWorld } from '../../src/pathways/options.ts';
import { budgetOf, type Found, type Goal, search } from '../../src/pathways/search.ts';
import { solve } from '../../src/pathways/solve.ts';
import { all, code, credit, DATE, holding, pathway, require_, rule } from './support.ts';

const RUNS = Number(process.env.STACK_RUNS ?? 400);
const SYSTEMS = ['ECTS', 'TESDA-HOUR'];
const CATEGORIES = ['a', 'b', 'c', 'd'];

const amount = fc.constantFrom('0', '1', '1.5', '2', '3', '4', '7');
const slotArb = fc.record({
  system: fc.oneof(
    { arbitrary: fc.constant('ECTS'), weight: 4 },
    { arbitrary: fc.constantFrom(...SYSTEMS), weight: 1 },
  ),
  min: fc.constantFrom('1', '2.5', '3', '5', '6', '8'),
  select: fc.record({ category: fc.subarray(CATEGORIES, { minLength: 1, maxLength: 3 }) }),
});
const holdingArb = fc.record({
  category: fc.constantFrom(...CATEGORIES),
  credit: fc.oneof(
    { arbitrary: fc.record({ ECTS: amount }), weight: 4 },
    { arbitrary: fc.dictionary(fc.constantFrom(...SYSTEMS), amount), weight: 1 },
  ),
  expires: fc.constantFrom('2027-01-01', '2028-01-01', '2029-01-01'),
  /** Two of one achievement or award exclude one another: then it is no such group. */
  twin: fc.oneof(
    { arbitrary: fc.constant({}), weight: 15 },
    fc.constant({ achievement: 'urn:x:one' }),
    fc.constant({ awardId: 'urn:x:two' }),
  ),
});

const groupArb = (most: number) =>
  fc
    .record({
      slots: fc.array(slotArb, { minLength: 1, maxLength: 4 }),
      holdings: fc.array(holdingArb, { maxLength: most }),
      /** Something that is never held, so that all credit counts. */
      open: fc.boolean(),
      sum: fc.constantFrom('1', '12'),
    })
    .map(({ slots, holdings, open, sum }) => {
      const parts = slots.map((slot, at) => rule('creditMin', `s${at}`, slot));
      if (open) parts.push(require_('missing', code('none')));
      return {
        pathway: pathway(all('root', ...parts, credit('sum', 'ECTS', sum))),
        holdings: holdings.map(({ twin, ...one }, at) => holding(`${at}`, { ...one, ...twin })),
        date: DATE,
      };
    });

describe('a group of credit sums', () => {
  it('is answered and proved as by the search, for each goal', () => {
    fc.assert(
      fc.property(groupArb(8), ({ pathway: { root, ...rest }, holdings, date }) => {
        const compiled = compile({ ...rest, root });
        const world = createWorld(prepare(holdings, date), date, [], new Map());
        const { wallet, rules } = solve(compiled.unit, world, 'sure', {
          systems: compiled.systems,
          budget: budgetOf(),
        });
        const { components } = createSplit(wallet, rules).components(new Set(), new Set(), false);
        for (const component of components) {
          const covered = (goal: Goal) => creditCover(component, goal, budgetOf());
          const searched = (goal: Goal) => search(component, goal, [], budgetOf());
          const places = (found?: Found) =>
            found?.placed.map(({ fact, slot }) => `${fact.rank} ${slot.index}`).sort() ?? 'no group';
          const open = covered('open');
          if (!open) continue;
          expect(open).toMatchObject({ proved: true, open: searched('open').open, bound: open.open });
          for (const goal of open.open === 0 ? (['met', 'unmet'] as const) : (['unmet'] as const)) {
            expect(covered(goal)).toMatchObject({ proved: true, objective: true, bound: open.open });
            expect(places(covered(goal))).toEqual(places(searched(goal)));
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('is answered the same without components and reductions', () => {
    fc.assert(
      fc.property(groupArb(7), (input) => {
        const { proved, ...answer } = evaluate(input);
        expect(proved).toEqual({ verdict: true, objective: true, tieBreak: true });
        expect({ proved, ...answer }).toEqual(evaluate(input, { plain: true }));
      }),
      { numRuns: RUNS },
    );
  });

  it('of neighbouring demands is met although little is left over', () => {
    const values = Array.from({ length: 60 }, (_, n) => 10 + ((n * 37) % 89));
    const need = Math.floor((values.reduce((sum, one) => sum + one, 0) * 0.95) / 10);
    const slots = Array.from({ length: 10 }, (_, n) =>
      rule('creditMin', `s${n}`, {
        ...{ system: 'ECTS', min: `${need}` },
        select: { category: [`c${n}`, `c${(n + 1) % 10}`, `c${(n + 2) % 10}`] },
      }),
    );
    const holdings = values.map((value, n) =>
      holding(`${n}`, { category: `c${n % 10}`, credit: { ECTS: `${value}` } }),
    );
    const input = { pathway: pathway(all('root', ...slots)), holdings, date: DATE };
    expect(evaluate(input)).toMatchObject({ state: 'met', outstanding: 0, proved: { verdict: true, objective: true } });
  });

  it('of any size is answered in levels 1 to 3, and says that ties are not broken', () => {
    const slots = Array.from({ length: 60 }, (_, n) =>
      rule('creditMin', `s${n}`, { system: 'ECTS', min: '15', select: { category: [`c${n}`, `c${(n + 1) % 60}`] } }),
    );
    const holdings = Array.from({ length: 420 }, (_, n) =>
      holding(`${n}`, { category: `c${n % 60}`, credit: { ECTS: `${1 + (n % 7)}` } }),
    );
    const run = (...more: RuleNode[]) =>
      evaluate({ pathway: pathway(all('root', ...slots, ...more)), holdings, date: DATE });
    const met = run();
    expect(met).toMatchObject({
      state: 'met',
      outstanding: 0,
      proved: { verdict: true, objective: true, tieBreak: false },
    });
    expect(met.placements.length).toBeLessThan(holdings.length);
    // While something is open all credit counts (A6, level 2).
    const unmet = run(require_('missing', code('none')));
    expect(unmet).toMatchObject({ state: 'unmet', outstanding: 1, bound: 1, proved: { objective: true } });
    expect(unmet.placements.length).toBe(holdings.length);
  });
});

describe('a search that ends with its budget', () => {
  const holdings = Array.from({ length: 30 }, (_, n) =>
    holding(`${n}`, { category: 'a', credit: { ECTS: `${1 + (n % 4)}` } }),
  );
  const sum = rule('creditMin', 's', { system: 'ECTS', min: '20', select: { category: ['a'] } });
  const most = rule('creditMax', 'most', { system: 'ECTS', max: '60' });

  it('has still proved what reaches every bound of levels 1 to 3', () => {
    const { state, proved } = evaluate({ pathway: pathway(all('root', sum, most)), holdings, date: DATE, budget: 40 });
    expect([state, proved]).toEqual(['met', { verdict: true, objective: true, tieBreak: false }]);
  });

  it('has not proved a total that may be larger', () => {
    const root = all('root', sum, most, require_('missing', code('none')));
    const { state, proved } = evaluate({ pathway: pathway(root), holdings, date: DATE, budget: 40 });
    expect([state, proved]).toEqual(['unmet', { verdict: true, objective: false, tieBreak: false }]);
  });
});
