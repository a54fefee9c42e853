/**
 * How long an evaluation takes, explanations included, once warm: the whole size that is allowed (2,000 holdings, 500
 * nodes), one learner over many pathways, one component of credit demands with room, and one without.
 */
import { type Evaluation, evaluate, type Holding, type Pathway, type RuleNode } from '#pathways';
import { all, code, credit, current, DATE, holding, pathway, rule } from '../../pathways/support.ts';
import type { Measured } from '../figures.ts';
import { percentile } from '../timing.ts';

const SYSTEM = 'HE-UNIT-18';

/** The same numbers in every run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Case {
  pathways: readonly Pathway[];
  holdings: readonly Holding[];
}

const items = (id: string, codes: readonly string[]) => rule('requireAll', id, { items: codes.map(code) });
const sum = (id: string, min: number, category: readonly string[]) =>
  rule('creditMin', id, { system: SYSTEM, min: String(min), select: { category: [...category] } });
const withCredit = (id: string, value: string, category: string) =>
  holding(id, { credit: { [SYSTEM]: value }, category, expires: `20${27 + (id.length % 5)}-01-01` });

/** 24 sections of 12 lists of units, 4 neighbouring sums of credit and 3 rules; some units are not held. */
function largest(): Case {
  const random = randomOf(1);
  const holdings: Holding[] = [];
  const list = (id: string): RuleNode => {
    const codes = ['a', 'b', 'c'].map((part) => `${id}${part}`);
    for (const one of codes) {
      const copies = random(20) === 0 ? 0 : 1 + random(2);
      for (let copy = 0; copy < copies; copy++) holdings.push(holding(`${one}-${copy}`, { competencies: [one] }));
    }
    return items(id, codes);
  };
  const sections = Array.from({ length: 24 }, (_, s): RuleNode => {
    const categories = Array.from({ length: 4 }, (_, n) => `s${s}c${n}`);
    for (let n = 0; n < 24; n++) holdings.push(withCredit(`s${s}h${n}`, String(1 + random(3)), categories[n % 4]!));
    return all(
      `s${s}`,
      current(`s${s}-current`),
      rule('accreditedAtAward', `s${s}-accredited`, { role: 'Award' }),
      ...Array.from({ length: 12 }, (_, n) => list(`s${s}u${n}`)),
      ...categories.map((category, n) => sum(`s${s}m${n}`, 7, [category, categories[(n + 1) % 4]!])),
      credit(`s${s}-sum`, SYSTEM, '20'),
    );
  });
  const root = all('root', ...Array.from({ length: 19 }, (_, n) => list(`r${n}`)), ...sections);
  while (holdings.length < 2_000) holdings.push(holding(`other-${holdings.length}`));
  return { pathways: [pathway(root)], holdings: holdings.slice(0, 2_000) };
}

/** 20 holdings against 200 pathways of 12 items. */
function learner(): Case {
  const random = randomOf(2);
  const holdings = Array.from({ length: 20 }, (_, n) => holding(`u${n * 3}`));
  const pathways = Array.from({ length: 200 }, () =>
    pathway(
      all('root', current('current'), ...Array.from({ length: 12 }, (_, n) => items(`i${n}`, [`u${random(60)}`]))),
    ),
  );
  return { pathways, holdings };
}

/** Sums of credit that each ask for two or three neighbouring categories: one component. */
function credits(count: number, slots: number, reach: number, share: number, seed = 3): Case {
  const random = randomOf(seed);
  let total = 0;
  const holdings = Array.from({ length: count }, (_, n) => {
    const value = 10 + random(90);
    total += value;
    return withCredit(`h${n}`, (value / 10).toString(), `c${n % slots}`);
  });
  const need = Math.floor(((total / 10) * share) / slots);
  const nodes = Array.from({ length: slots }, (_, n) =>
    sum(
      `m${n}`,
      need,
      Array.from({ length: reach }, (_, next) => `c${(n + next) % slots}`),
    ),
  );
  return { pathways: [pathway(all('root', ...nodes))], holdings };
}

interface Timed {
  /** Median and 99th percentile once warm, and the first call of all. */
  ms: number;
  p99: number;
  cold: number;
}

interface StackingFigures extends Timed {
  /** What the answer was, and whether it was proved down to the last tie. */
  told: string;
}

function measure({ pathways, holdings }: Case, runs: number): StackingFigures {
  const times: number[] = [];
  let last: Evaluation | undefined;
  for (let run = 0; run < runs * 2; run++) {
    const began = performance.now();
    for (const one of pathways) last = evaluate({ pathway: one, holdings, date: DATE });
    times.push(performance.now() - began);
  }
  const cold = times[0]!;
  // The first half warms up.
  const warm = times.slice(runs);
  return { ms: percentile(warm, 0.5), p99: percentile(warm, 0.99), cold, told: toldOf(last!) };
}

function toldOf({ state, proved: { verdict, objective, tieBreak } }: Evaluation): string {
  if (tieBreak) return `${state}, proved to the last tie`;
  return `${state}, ${verdict ? (objective ? 'tie-break' : 'objective') : 'verdict'} not proved`;
}

/** How often the budget ends before the answer is proved, and how far it is proved then. */
interface Undecided {
  of: number;
  verdict: number;
  objective: number;
  tieBreak: number;
  /** Milliseconds, of the slowest. */
  slowest: number;
  /** Of the first whose verdict is open: how many requirements are open in the best found, and at least. */
  open?: { found: number; bound: number };
}

function undecided(cases: readonly Case[]): Undecided {
  const out: Undecided = { of: cases.length, verdict: 0, objective: 0, tieBreak: 0, slowest: 0 };
  for (const { pathways, holdings } of cases) {
    const began = performance.now();
    const { state, proved, outstanding, bound } = evaluate({ pathway: pathways[0]!, holdings, date: DATE });
    out.slowest = Math.max(out.slowest, performance.now() - began);
    if (state === 'undecided') out.open ??= { found: outstanding, bound };
    for (const level of ['verdict', 'objective', 'tieBreak'] as const) if (!proved[level]) out[level]++;
  }
  return out;
}

/** Neighbouring demands of every tightness: 24 holdings for 4 sums as in `largest`, and 60 for 10. */
const many = (count: number, holdings: number, slots: number): Case[] =>
  Array.from({ length: count }, (_, n) => credits(holdings, slots, 2 + (n % 2), 0.5 + (n % 10) / 20, n + 1));

export async function stacking(): Promise<Measured> {
  // Small before large: garbage of the large ones would be collected on the time of the small.
  const one = measure(learner(), 100);
  const size = measure(largest(), 200);
  const said: [string, StackingFigures][] = [
    ['2,000 holdings and 500 nodes', size],
    ['20 holdings and 200 pathways in all', one],
    ['one loose credit component of 2,000 holdings', measure(credits(2_000, 300, 2, 0.6), 10)],
    ['200 holdings in tight neighbouring credit demands', measure(credits(200, 30, 3, 0.95), 3)],
  ];
  for (const [of, { ms, p99, cold, told }] of said) {
    console.error(`${of}: ${ms.toFixed(1)} ms (p99 ${p99.toFixed(1)}, the first ${cold.toFixed(0)}; ${told})`);
  }
  for (const [of, cases] of [
    ['24 holdings in 4 neighbouring credit demands', many(40, 24, 4)],
    ['60 holdings in 10', many(20, 60, 10)],
    ['200 in 30 at 95 % of what they bring', Array.from({ length: 12 }, (_, n) => credits(200, 30, 3, 0.95, n + 1))],
  ] as const) {
    console.error(`${of}, ${notDecided(undecided(cases))}`);
  }
  return { 'stack.ms': size.ms, 'stack.p99.ms': size.p99 };
}

const notDecided = ({ of, verdict, objective, tieBreak, slowest, open }: Undecided): string =>
  `of ${of}: not decided ${verdict} times${open ? ` (then ${open.found} open in the best found, ${open.bound} at least)` : ''}, ` +
  `objective not proved ${objective} times, tie-break ${tieBreak}; the slowest ${slowest.toFixed(0)} ms`;
