import fc from 'fast-check';
import type { EquivalenceDecision, EvaluationInput, Holding, Item, RuleNode, Select } from '#pathways';
import { base, DATE, holding, pathway } from './support.ts';

const ACHIEVEMENTS = ['a', 'b', 'c', 'd', 'e'].map((name) => `https://specimen.example/achievements/${name}`);
const CODES = ['C1', 'C2', 'C3', 'C4'];
const SYSTEMS = ['ECTS', 'TESDA-HOUR'];
const PROVIDERS = ['did:web:specimen.example', 'did:web:other.example'];
const DECIDERS = ['did:web:panel.example', 'did:web:other.example'];
const CATEGORIES = ['Core', 'Elective'];
const SCALE = 'https://specimen.example/scales/up';
const TARGET = 'https://specimen.example/pathways/other';

const pick = <T>(values: readonly T[]) => fc.constantFrom(...values);
const some = <T>(values: readonly T[], max = 2) =>
  fc.subarray([...values], { minLength: 1, maxLength: Math.min(max, values.length) });
const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined });
/** Mostly the first. */
const mostly = <T>(first: T, ...others: T[]) =>
  fc.oneof({ arbitrary: fc.constant(first), weight: 5 }, { arbitrary: pick(others), weight: 1 });

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const present = <T extends object>(value: T): Present<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Present<T>;

const answers = fc.array(
  fc.record({
    role: pick(['Award', 'Assess'] as const),
    authority: maybe(pick(['did:web:authority.example'])),
    answer: pick(['yes', 'yes', 'yes', 'no', 'unknown'] as const),
  }),
  { maxLength: 2 },
);

export const holdingArb = (index: number): fc.Arbitrary<Holding> =>
  fc
    .record({
      awardId: maybe(pick(['urn:award:x', 'urn:award:y'])),
      achievement: pick(ACHIEVEMENTS),
      version: maybe(pick(['1', '2'])),
      provider: pick(PROVIDERS),
      category: maybe(pick(CATEGORIES)),
      level: maybe(pick([2, 5, 6])),
      competencies: fc.subarray(CODES, { maxLength: 2 }),
      credit: fc.dictionary(pick(SYSTEMS), pick(['1', '2.5', '3', '4'])),
      awarded: pick(['2024-06-30', '2025-07-01', '2026-01-15', '2026-06-30']),
      expires: maybe(pick(['2026-06-29', '2026-12-31', '2028-01-01'])),
      state: mostly('active' as Holding['state'], 'revoked', 'unknown', 'suspended'),
      completion: mostly('completed' as const, 'provisional' as never),
      result: maybe(
        fc.record({
          scale: fc.constant(SCALE),
          direction: fc.constant('LowerBetter' as const),
          value: pick(['1', '2', '3']),
        }),
      ),
      assessed: maybe(fc.boolean()),
      supervision: maybe(pick(['UnsupervisedNoId', 'OnsiteWithId'] as const)),
      accredited: answers.map((list) => list.map((one) => present(one))),
      usedFor: maybe(fc.constant([TARGET])),
    })
    .map(({ awardId, ...rest }) =>
      holding(`${index}`, present({ ...rest, awardId: awardId ?? `urn:award:${index}` }) as Partial<Holding>),
    );

const itemArb = fc.oneof(
  pick(CODES).map((code) => ({ code })),
  fc.record({ achievement: pick(ACHIEVEMENTS), version: maybe(fc.constant(['1'])) }).map((one) => present(one)),
) as fc.Arbitrary<Item>;
const itemsArb = fc.uniqueArray(itemArb, {
  minLength: 1,
  maxLength: 3,
  selector: ({ achievement, code }) => achievement ?? code,
});
const selectArb: fc.Arbitrary<Select> = fc.oneof(
  fc.record({ achievement: some(ACHIEVEMENTS, 4) }),
  fc.record({ category: some(CATEGORIES) }),
  fc.record({ code: some(CODES, 3) }),
  fc.record({ level: fc.constant({ from: 2, to: 5 }) }),
  fc.record({ provider: some(PROVIDERS, 1) }),
);

type Draft = Omit<RuleNode, 'id' | keyof typeof base> & { kind: RuleNode['kind']; binding?: string };
const slotMembers = { repeatable: maybe(fc.constant(true)), consume: maybe(mostly(true, false)) };

const slotArb: fc.Arbitrary<Draft> = fc.oneof(
  fc.record({ kind: fc.constant('requireAll' as const), items: itemsArb, ...slotMembers }),
  fc.record({ kind: fc.constant('capstone' as const), items: itemsArb, ...slotMembers }),
  fc
    .record({
      kind: fc.constant('chooseN' as const),
      items: itemsArb,
      min: pick([0, 1, 2]),
      more: maybe(pick([0, 1])),
      ...slotMembers,
    })
    .map(({ min, more, ...rest }) => ({ ...rest, min, max: more === undefined ? undefined : Math.max(1, min + more) })),
  fc
    .record({
      kind: fc.constant('chooseN' as const),
      select: selectArb,
      min: pick([0, 1, 2]),
      more: maybe(pick([0, 1])),
      ...slotMembers,
    })
    .map(({ min, more, ...rest }) => ({ ...rest, min, max: more === undefined ? undefined : Math.max(1, min + more) })),
  fc
    .record({
      kind: fc.constant('creditMin' as const),
      system: pick(SYSTEMS),
      select: selectArb,
      min: pick(['2', '4', '5.5']),
      max: maybe(pick(['5.5', '7'])),
      excess: pick(['refuse', 'truncate'] as const),
      ...slotMembers,
    })
    .map(({ max, excess, ...rest }) => ({ ...rest, max, excess: max === undefined ? undefined : excess })),
) as fc.Arbitrary<Draft>;

const shareOf = { system: pick(SYSTEMS), percent: pick(['30', '50', '66.6']), total: maybe(pick(['6', '10'])) };

const ruleArb: fc.Arbitrary<Draft> = fc.oneof(
  fc.record({ kind: fc.constant('currentAt' as const) }),
  fc.record({
    kind: fc.constant('accreditedAtAward' as const),
    role: pick(['Award', 'Assess'] as const),
    authority: maybe(pick(['did:web:authority.example'])),
  }),
  fc.record({ kind: fc.constant('assessedOnly' as const) }),
  fc.record({ kind: fc.constant('supervisionFloor' as const), min: fc.constant('SupervisedOnline' as const) }),
  fc.record({ kind: fc.constant('levelFloor' as const), min: fc.constant(3) }),
  fc.record({ kind: fc.constant('versionPin' as const), select: maybe(selectArb), versions: fc.constant(['1']) }),
  fc.record({ kind: fc.constant('singleUse' as const), across: fc.constant([TARGET]) }),
  fc.record({ kind: fc.constant('prerequisite' as const), before: selectArb, after: selectArb }),
  fc.record({ kind: fc.constant('sequence' as const), items: itemsArb.filter((items) => items.length > 1) }),
  fc.record({
    ...{ kind: fc.constant('resultThreshold' as const), mode: fc.constant('each' as const) },
    ...{ scale: fc.constant(SCALE), direction: fc.constant('LowerBetter' as const), value: pick(['2', '3']) },
  }),
  fc.record({
    kind: fc.constant('earnedWithin' as const),
    mode: pick(['evaluation', 'span'] as const),
    period: pick(['P1Y', 'P2Y']),
  }),
  fc.record({
    kind: fc.constant('creditMax' as const),
    system: pick(SYSTEMS),
    max: pick(['3', '5']),
    select: maybe(selectArb),
  }),
  fc.record({ kind: fc.constant('noOverlap' as const), mode: pick(['any', 'subset'] as const) }),
  fc.record({ kind: fc.constant('equivalence' as const), decisions: some(['d1', 'd2', 'd3'], 3) }),
  fc.record({ kind: fc.constant('equivalence' as const), decidedBy: some(DECIDERS, 2) }),
  fc.record({ kind: fc.constant('carryOver' as const), system: pick(SYSTEMS), max: pick(['1', '2']) }),
  fc.record({ kind: fc.constant('conferrer' as const), bodies: some(PROVIDERS, 1) }),
) as fc.Arbitrary<Draft>;

const checkArb: fc.Arbitrary<Draft> = fc.oneof(
  fc.record({ kind: fc.constant('creditMin' as const), system: pick(SYSTEMS), min: pick(['3', '5', '7']) }),
  fc.record({
    kind: fc.constant('shareMin' as const),
    by: fc.constant('category'),
    values: some(CATEGORIES, 1),
    ...shareOf,
  }),
  fc.record({
    kind: fc.constant('shareMax' as const),
    by: pick(['provider', 'level']),
    values: maybe(fc.constant(['5'])),
    ...shareOf,
  }),
  fc.record({ kind: fc.constant('residencyMin' as const), ...shareOf }),
  fc.record({ kind: fc.constant('residencyMin' as const), system: pick(SYSTEMS), min: pick(['2', '4']) }),
  fc.record({ kind: fc.constant('levelShare' as const), level: fc.constant(5), ...shareOf }),
  fc.record({
    kind: fc.constant('categoryMin' as const),
    system: pick(SYSTEMS),
    categories: some(CATEGORIES, 1),
    min: pick(['2', '4']),
  }),
  fc.record({
    ...{ kind: fc.constant('perPeriodMin' as const), system: pick(SYSTEMS), min: pick(['1', '3']) },
    ...{ period: fc.constant('P1Y'), periods: pick([1, 2]) },
  }),
  fc.record({
    ...{ kind: fc.constant('resultThreshold' as const), mode: fc.constant('average' as const), system: pick(SYSTEMS) },
    ...{ scale: fc.constant(SCALE), direction: fc.constant('LowerBetter' as const), value: pick(['2', '2.5']) },
    basis: pick(['counted', 'matched'] as const),
  }),
) as fc.Arbitrary<Draft>;

const bound = (draft: fc.Arbitrary<Draft>) =>
  fc.tuple(draft, mostly('Mandatory', 'Advisory')).map(([one, binding]) => ({ ...one, binding }));

const allArb = (depth: number): fc.Arbitrary<Draft> =>
  fc
    .tuple(
      fc.array(
        depth > 0
          ? fc.oneof({ arbitrary: bound(slotArb), weight: 3 }, { arbitrary: nestedArb(depth - 1), weight: 1 })
          : bound(slotArb),
        { minLength: 1, maxLength: 3 },
      ),
      fc.array(bound(ruleArb), { maxLength: depth > 0 ? 2 : 1 }),
      fc.array(bound(checkArb), { maxLength: 2 }),
    )
    .map(
      ([parts, rules, checks]) => ({ kind: 'allOf', children: [...parts, ...rules, ...checks] }) as unknown as Draft,
    );

const nestedArb = (depth: number): fc.Arbitrary<Draft> =>
  fc.oneof(
    { arbitrary: allArb(depth), weight: 2 },
    {
      arbitrary: fc
        .array(fc.oneof(slotArb, allArb(0)), { minLength: 1, maxLength: 3 })
        .map((children) => ({ kind: 'anyOf', children }) as unknown as Draft),
      weight: 2,
    },
    {
      arbitrary: fc
        .array(fc.oneof(slotArb, allArb(0), checkArb), { minLength: 2, maxLength: 3 })
        .map((children) => ({ kind: 'nOf', n: 2, children }) as unknown as Draft),
      weight: 1,
    },
    {
      arbitrary: fc.oneof(slotArb, allArb(0)).map((child) => ({ kind: 'not', children: [child] }) as unknown as Draft),
      weight: 1,
    },
  );

function named(draft: Draft): RuleNode {
  let count = 0;
  const name = (one: Draft): RuleNode => {
    const id = `n${count++}`;
    const children = (one as unknown as { children?: Draft[] }).children;
    return present({
      ...base,
      ...one,
      id,
      ...(children ? { children: children.map(name) } : {}),
    }) as unknown as RuleNode;
  };
  return name(draft);
}

const decisions: fc.Arbitrary<EquivalenceDecision[]> = fc
  .tuple(pick(ACHIEVEMENTS), pick(ACHIEVEMENTS), pick(ACHIEVEMENTS))
  .map(([x, y, z]) => [
    {
      ...{ id: 'd1', from: { achievement: x }, to: { mode: 'specified', achievement: y, version: '1' } as const },
      ...{ category: 'Core', credit: { system: 'ECTS', value: '3' }, cap: '4', validFrom: '2025-01-01' },
    },
    {
      ...{ id: 'd2', from: { achievement: y }, to: { mode: 'block', achievements: [x, z] } as const },
      ...{ credit: { system: 'TESDA-HOUR', value: '4' }, validFrom: '2025-01-01', validUntil: DATE },
      decidedBy: DECIDERS[0]!,
    },
    {
      ...{
        id: 'd3',
        from: { achievement: z, version: ['1'] },
        to: { mode: 'unspecified', category: 'Elective' } as const,
      },
      ...{ credit: { system: 'ECTS', value: '2' }, validFrom: '2025-01-01' },
    },
  ]);

/** Small evaluations of every kind of rule. */
export const inputArb = (most: number): fc.Arbitrary<EvaluationInput> =>
  fc
    .record({
      root: allArb(1).map(named),
      holdings: fc
        .integer({ min: 0, max: most })
        .chain((n) => fc.tuple(...Array.from({ length: n }, (_, index) => holdingArb(index)))),
      decisions,
      carried: fc.dictionary(pick(SYSTEMS), pick(['1', '3'])),
    })
    .map(({ root, ...rest }) => ({ ...rest, pathway: pathway(root), date: DATE }));
