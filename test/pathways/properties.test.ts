import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAmount } from '#kernel';
import { evaluate, type Holding, type RuleNode } from '#pathways';
import { all, choose, code, credit, DATE, holding, pathway, require_ } from './support.ts';

const CODES = ['A', 'B', 'C', 'D', 'E'];
const SYSTEMS = ['ECTS', 'TESDA-HOUR'];

const codes = (max: number) => fc.uniqueArray(fc.constantFrom(...CODES), { minLength: 1, maxLength: max });

const holdingArb = (index: number): fc.Arbitrary<Holding> =>
  fc
    .record({
      // Few names, so that achievements and awards meet.
      name: fc.constantFrom('p', 'q', 'r', 's', 't'),
      award: fc.constantFrom('1', '2', '3', '4', '5', '6'),
      competencies: codes(2),
      credit: fc.dictionary(fc.constantFrom(...SYSTEMS), fc.constantFrom('1', '2.5', '3')),
      state: fc.constantFrom('active' as const, 'active' as const, 'revoked' as const, 'unknown' as const),
      accredited: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const, 'unknown' as const),
      expires: fc.option(fc.constantFrom('2026-01-01', '2027-01-01'), { nil: undefined }),
    })
    .map(({ name, award, expires, ...rest }) =>
      holding(`${index}`, {
        ...rest,
        achievement: `https://specimen.example/achievements/${name}`,
        awardId: `urn:award:${award}`,
        ...(expires ? { expires } : {}),
      }),
    );

const holdingsArb = fc
  .integer({ min: 0, max: 6 })
  .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => holdingArb(i))));

const rootArb: fc.Arbitrary<RuleNode> = fc
  .record({
    core: codes(3),
    from: codes(4),
    min: fc.integer({ min: 0, max: 2 }),
    extra: fc.integer({ min: 1, max: 2 }),
    need: fc.option(fc.constantFrom('3', '5.5', '8'), { nil: undefined }),
  })
  .map(({ core, from, min, extra, need }) => {
    const least = Math.min(min, from.length);
    return all(
      'root',
      require_('core', ...core.map(code)),
      choose('some', least, least + extra, ...from.map(code)),
      ...(need ? [credit('size', 'ECTS', need)] : []),
    );
  });

const permuted = holdingsArb.chain((holdings) =>
  fc.tuple(fc.constant(holdings), fc.shuffledSubarray(holdings, { minLength: holdings.length })),
);

/** By trying everything: each holding in one slot, or nowhere; inside `core` it serves every unit it carries. */
function oracle(root: RuleNode, holdings: readonly Holding[]): boolean {
  if (root.kind !== 'allOf') throw new Error('an allOf');
  const [core, some, size] = root.children;
  if (core?.kind !== 'requireAll' || some?.kind !== 'chooseN') throw new Error('two slots');
  const options = [undefined, 'core', ...some.items.map((_, index) => index)] as const;
  const go = (index: number, placed: [Holding, (typeof options)[number]][]): boolean => {
    if (index < holdings.length) {
      const one = holdings[index]!;
      return options.some((option) => {
        if (
          option !== undefined &&
          placed.some(
            ([other, at]) =>
              at !== undefined && (other.achievement === one.achievement || other.awardId === one.awardId),
          )
        )
          return false;
        if (
          typeof option === 'number' &&
          (!one.competencies.includes(some.items[option]!.code!) || placed.some(([, at]) => at === option))
        )
          return false;
        if (option === 'core' && !core.items.some((item) => one.competencies.includes(item.code!))) return false;
        return go(index + 1, [...placed, [one, option]]);
      });
    }
    const inCore = placed.filter(([, at]) => at === 'core').map(([one]) => one);
    const chosen = placed.filter(([, at]) => typeof at === 'number');
    if (!core.items.every((item) => inCore.some((one) => one.competencies.includes(item.code!)))) return false;
    if (chosen.length < some.min || chosen.length > some.max!) return false;
    if (size?.kind !== 'creditMin') return true;
    const counted = placed.filter(([, at]) => at !== undefined).map(([one]) => one);
    return counted.reduce((sum, one) => sum + parseAmount(one.credit.ECTS ?? '0'), 0) >= parseAmount(size.min);
  };
  return go(0, []);
}

describe('evaluation, for any holdings', () => {
  it('does not depend on their order', () => {
    fc.assert(
      fc.property(rootArb, permuted, (root, [holdings, shuffled]) => {
        const once = evaluate({ pathway: pathway(root), holdings, date: DATE });
        expect(evaluate({ pathway: pathway(root), holdings: shuffled, date: DATE })).toEqual(once);
      }),
      { numRuns: 150 },
    );
  });

  it('never uses a credential, an award or an achievement in two places, nor one that does not count', () => {
    fc.assert(
      fc.property(rootArb, holdingsArb, (root, holdings) => {
        const { used } = evaluate({ pathway: pathway(root), holdings, date: DATE });
        const places = new Map<string, string>();
        for (const { holding: id, node } of used) {
          const one = holdings.find((held) => held.id === id)!;
          expect([one.state, one.accredited]).toEqual(['active', 'yes']);
          for (const key of [one.id, one.awardId, one.achievement]) {
            expect(places.get(key) ?? `${one.id} ${node}`).toBe(`${one.id} ${node}`);
            places.set(key, `${one.id} ${node}`);
          }
        }
        expect(new Set(used.map(({ node, item }) => `${node} ${item}`)).size).toBe(used.length);
      }),
      { numRuns: 150 },
    );
  });

  it('agrees with trying everything', () => {
    fc.assert(
      fc.property(rootArb, holdingsArb, (root, holdings) => {
        const { state } = evaluate({ pathway: pathway(root), holdings, date: DATE });
        const sure = holdings.filter((one) => one.state === 'active' && one.accredited === 'yes');
        const maybe = holdings.filter((one) => one.state !== 'revoked' && one.accredited !== 'no');
        // Of copies of one award only the best is looked at; leave those cases to their own test.
        fc.pre(new Set(maybe.map((one) => one.awardId)).size === maybe.length);
        expect(state).toBe(oracle(root, sure) ? 'met' : oracle(root, maybe) ? 'pending' : 'unmet');
      }),
      { numRuns: 300 },
    );
  });

  it('a further credential never turns met into anything else', () => {
    fc.assert(
      fc.property(rootArb, holdingsArb, holdingArb(99), (root, holdings, more) => {
        const fresh = { ...more, awardId: 'urn:award:fresh' };
        const before = evaluate({ pathway: pathway(root), holdings, date: DATE }).state;
        const after = evaluate({ pathway: pathway(root), holdings: [...holdings, fresh], date: DATE }).state;
        if (before === 'met') expect(after).toBe('met');
      }),
      { numRuns: 150 },
    );
  });
});
