import fc from 'fast-check';
import {
  type AccreditationScope,
  type AwardFacts,
  DIMENSIONS,
  EVENT_TYPES,
  type Grant,
  type GrantEvent,
  judge,
  type Question,
  type Register,
  type Succession,
  VERBS,
} from '#accreditation';
import { ANCHOR, AUTHORITY, at, delegate, grant, POLICY, register, SCHOOL, SUB, shift } from './build.ts';

/** A fixed seed, printed with a counterexample; `TATAK_CHAINS` raises the number of runs, `TATAK_CHAINS_SEED` takes others. */
export const SEED = Number(process.env.TATAK_CHAINS_SEED ?? 20_261_124);
export const runs = (share: number): { numRuns: number; seed: number } => ({
  numRuns: Math.round(share * Number(process.env.TATAK_CHAINS ?? 12_000)),
  seed: SEED,
});

export const SECOND = 'did:web:second-anchor.example';
const OTHER = 'did:web:other-school.example';
export const TWO_ANCHORS = { ...POLICY, anchors: [ANCHOR, SECOND] };

/** Few values each, so that they meet. */
const POOLS: { [Name in keyof AccreditationScope]-?: NonNullable<AccreditationScope[Name]>[] } = {
  awardType: [['License'], ['License', 'HeiCourse'], ['HeiCourse']],
  pqfLevelRange: [
    { from: 1, to: 8 },
    { from: 2, to: 4 },
    { from: 3, to: 3 },
  ],
  achievement: [['urn:a:1'], ['urn:a:1', 'urn:a:2']],
  achievementVersion: [
    [{ achievement: 'urn:a:1' }],
    [{ achievement: 'urn:a:1', from: '2' }],
    [{ achievement: 'urn:a:1', from: '2', to: '9' }, { achievement: 'urn:a:2' }],
  ],
  trainingRegulation: [[{ title: 'Cookery' }], [{ title: 'Cookery', version: '1' }]],
  unitOfCompetency: [['U1', 'U2'], ['U1']],
  psced: [[{ code: '06', edition: '2017' }], [{ code: '0612', edition: '2017' }], [{ code: '06', edition: '1997' }]],
  profession: [['Nursing'], ['Nursing', 'Midwifery']],
  psfSector: [['Tourism'], ['Tourism', 'Construction']],
  site: [['urn:site:1'], ['urn:site:1', 'urn:site:2']],
  psgc: [['13'], ['13806'], ['04']],
  participationMode: [['Online'], ['Online', 'Blended']],
  maxCredit: [
    { system: 'HE-UNIT-18', value: '3' },
    { system: 'HE-UNIT-18', value: '0.5' },
    { system: 'ECTS', value: '5' },
  ],
  learningRoute: [['RPL'], ['RPL', 'Formal']],
};
const FACTS: { [Name in keyof AwardFacts]-?: NonNullable<AwardFacts[Name]>[] } = {
  awardType: ['License', 'HeiCourse'],
  pqfLevel: [3, 5],
  achievement: ['urn:a:1', 'urn:a:2'],
  version: ['2', '1', 'x'],
  trainingRegulation: [{ title: 'Cookery', version: '1' }, { title: 'Cookery' }],
  unitOfCompetency: [['U1'], ['U1', 'U2'], ['U1', 'U3']],
  psced: [[{ code: '0612', edition: '2017' }], [{ code: '0612', edition: '1997' }]],
  profession: [['Nursing'], ['Nursing', 'Midwifery']],
  psfSector: [['Tourism'], ['Construction']],
  site: [['urn:site:1'], ['urn:site:1', 'urn:site:2']],
  psgc: [['1380600000'], ['0403400000']],
  participationMode: ['Online', 'Blended'],
  credit: [{ 'HE-UNIT-18': '0.5' }, { 'HE-UNIT-18': '3', ECTS: '5' }],
  learningRoute: ['RPL', 'Formal'],
};

/** One to three dimensions. */
export const scopeItem: fc.Arbitrary<AccreditationScope> = fc
  .array(fc.tuple(fc.nat(DIMENSIONS.length - 1), fc.nat(8)), { minLength: 1, maxLength: 3 })
  .map((picked) =>
    Object.fromEntries(
      picked.map(([which, value]) => {
        const { name } = DIMENSIONS[which]!;
        return [name, POOLS[name][value % POOLS[name].length]];
      }),
    ),
  );

/** Nearly everything is stated; the first value of each fact is the likeliest. */
export const facts: fc.Arbitrary<AwardFacts> = fc.array(fc.nat(11), { minLength: 14, maxLength: 14 }).map((picked) => {
  const stated = Object.entries(FACTS).flatMap(([name, values], position) => {
    const pick = picked[position]!;
    return pick === 11 ? [] : [[name, values[pick < 7 ? 0 : pick % values.length]]];
  });
  return Object.fromEntries(stated) as AwardFacts;
});

/** Limits at least as much as `outer`: takes from `more` what is inside, or what `outer` does not limit. */
export function narrowed(outer: AccreditationScope, more: AccreditationScope): AccreditationScope {
  const out: Record<string, unknown> = { ...outer };
  for (const { name, contains } of DIMENSIONS) {
    if (more[name] === undefined) continue;
    if (outer[name] === undefined || contains(outer[name] as never, { [name]: more[name] })) out[name] = more[name];
  }
  return out as AccreditationScope;
}

/** Ten months of instants, a second apart from one another where two of them meet. */
export const instant = fc
  .tuple(fc.nat(9), fc.nat(1))
  .map(([month, second]) => shift(at(`2026-0${(month % 9) + 1}-01`), second));

const AUTHORITIES = [ANCHOR, SECOND, AUTHORITY, SUB];
let serial = 0;
const named = (one: Grant): Grant => ({ ...one, id: `urn:grant:${++serial}` });

/** Any grant at all between these parties. */
export const anyGrant: fc.Arbitrary<Grant> = fc
  .record({
    from: fc.constantFrom(...AUTHORITIES),
    to: fc.constantFrom(...AUTHORITIES, SCHOOL, SCHOOL, OTHER),
    role: fc.constantFrom(
      'Award' as const,
      'Award' as const,
      'Accredit' as const,
      'Accredit' as const,
      'Assess' as const,
    ),
    verb: fc.constantFrom('accredit' as const, 'accredit' as const, 'accredit' as const, ...VERBS),
    scope: fc.array(scopeItem, { maxLength: 2 }),
    validFrom: instant,
    validUntil: fc.option(instant, { nil: undefined, freq: 2 }),
    recordedAt: instant,
    provisional: fc.boolean(),
    maxDelegationDepth: fc.nat(2),
  })
  .map(({ from, to, validUntil, ...more }) =>
    named(grant(from, to, { ...more, ...(validUntil ? { validUntil } : {}) })),
  );

/** A chain that may well hold: each link narrower than the one above it. */
const goodChain: fc.Arbitrary<Grant[]> = fc
  .record({
    anchor: fc.constantFrom(ANCHOR, SECOND),
    length: fc.nat(2),
    items: fc.array(scopeItem, { minLength: 3, maxLength: 3 }),
    recorded: fc.array(instant, { minLength: 3, maxLength: 3 }),
  })
  .map(({ anchor, length, items, recorded }) => {
    const path = [anchor, ...[AUTHORITY, SUB].slice(0, length), SCHOOL];
    let scope = items[0]!;
    return path.slice(1).map((to, index) => {
      scope = index === 0 ? scope : narrowed(scope, items[index]!);
      const more = { scope: [scope], validFrom: '2026-01-01', recordedAt: recorded[index]! };
      return named(index + 1 === path.length - 1 ? grant(path[index]!, to, more) : delegate(path[index]!, to, more));
    });
  });

export const someEvents = (grants: readonly Grant[]): fc.Arbitrary<GrantEvent[]> =>
  fc.array(
    fc
      .record({
        of: fc.nat(Math.max(0, grants.length - 1)),
        type: fc.constantFrom(...EVENT_TYPES),
        effectiveAt: instant,
        recordedAt: instant,
      })
      .map(({ of, ...rest }) => ({ grant: grants[of]?.id ?? 'urn:none', ...rest })),
    { maxLength: 3 },
  );

/** What one authority says became of somebody. */
export type Said = Succession & { by: string };

export const someSuccessions: fc.Arbitrary<Said[]> = fc.array(
  fc
    .record({
      by: fc.constantFrom(...AUTHORITIES),
      predecessor: fc.constantFrom(SCHOOL, OTHER, AUTHORITY, SUB),
      kind: fc.constantFrom('Closure' as const, 'Custody' as const),
      effectiveAt: instant,
      recordedAt: instant,
    })
    .map((row) => ({ ...row, mayAward: false, reason: 'for the test' })),
  { maxLength: 1 },
);

export interface Chains {
  grants: Grant[];
  events: GrantEvent[];
  successions: Said[];
  question: Question;
}

/** A chain that may hold, grants of every sort around it, and things that happened. */
export const chains: fc.Arbitrary<Chains> = fc
  .tuple(goodChain, fc.array(anyGrant, { maxLength: 4 }), someSuccessions, facts, instant, instant)
  .chain(([good, noise, successions, stated, when, knownAt]) => {
    const grants = [...good, ...noise];
    const question: Question = { role: 'Award', at: when, knownAt, facts: stated };
    return someEvents(grants).map((events) => ({ grants, events, successions, question }));
  });

export function registersOf({ grants, events, successions }: Omit<Chains, 'question'>): Map<string, Register> {
  const accreditors = [...new Set(grants.map(({ accreditor }) => accreditor))];
  return new Map(
    accreditors.map((did) => {
      const own = grants.filter(({ accreditor }) => accreditor === did);
      const ids = new Set(own.map(({ id }) => id));
      const happened = events.filter((event) => ids.has(event.grant));
      return [
        did,
        register(
          did,
          own,
          happened,
          successions.filter(({ by }) => by === did),
        ),
      ];
    }),
  );
}

export const answerOf = (of: Chains, question: Question = of.question) =>
  judge(registersOf(of), TWO_ANCHORS, SCHOOL, question);
export const grantsMatched = (of: Chains, question?: Question): string[] =>
  answerOf(of, question)
    .matched.map((one) => one.grant)
    .sort();
