import { assign, type Placement } from './assign.ts';
import { OutOfWork, type Work } from './flow.ts';
import { creditIn } from './holdings.ts';
import { createFinder } from './match.ts';
import type { Holding, RuleNode } from './model.ts';
import { type CreditCheck, type Problem, problemOf } from './problem.ts';
import { alternatives } from './tree.ts';

/** Arcs looked at in one run, about a third of a second: a pathway may come from anybody. */
const MAX_WORK = 3_000_000;
const MAX_BUNDLINGS = 64;

export interface Solution {
  inForce: ReadonlySet<string>;
  problem: Problem;
  placements: Placement[];
  /** Required items not served plus checks not reached; 0 is met. */
  outstanding: number;
  /** False when `outstanding` is not 0 and something better may exist that was not tried. */
  proved: boolean;
}

/**
 * The best way to place the holdings. Exact for one credit check; with several, a solution that is found is a proof, and
 * "cannot" is claimed only when the items cannot all be served or one check fails although everything was done for it.
 * @param holdings in order of preference
 */
export function solve(root: RuleNode, holdings: readonly Holding[], date: string): Solution {
  const rank = new Map(holdings.map((holding, index) => [holding.id, index]));
  const find = createFinder(holdings);
  const work: Work = { left: MAX_WORK };
  let best: Solution | undefined;
  let complete = true;
  for (const inForce of alternatives(root)) {
    const problem = problemOf(root, inForce, find, date);
    const checks = problem.checks.filter((check) => check.mandatory);
    const bundlings = bundlingsOf(problem);
    if (bundlings.length > MAX_BUNDLINGS) complete = false;
    for (const fixed of bundlings.slice(0, MAX_BUNDLINGS)) {
      let served = true;
      let impossible = false;
      for (const order of orders(checks)) {
        const placements = placeWithin(work, problem, order, fixed, rank);
        if (!placements) return { ...(best ?? nothing(inForce, problem)), proved: false };
        const unserved = unservedOf(problem, placements);
        const failing = order.filter((check) => sumOf(check, placements) < check.need);
        const outstanding = unserved + failing.length;
        const found: Solution = { inForce, problem, placements, outstanding, proved: true };
        if (!best || outstanding < best.outstanding) best = found;
        if (outstanding === 0) return best;
        if (unserved > 0) served = false;
        if (order[0] && failing.includes(order[0])) impossible = true;
      }
      if (served && !impossible) complete = false;
    }
  }
  return { ...best!, proved: complete };
}

/** @returns undefined when the work is used up */
function placeWithin(work: Work, ...args: Parameters<typeof place> extends [...infer A, Work] ? A : never) {
  try {
    return place(...args, work);
  } catch (error) {
    if (error instanceof OutOfWork) return undefined;
    throw error;
  }
}

const nothing = (inForce: ReadonlySet<string>, problem: Problem): Omit<Solution, 'proved'> => ({
  inForce,
  problem,
  placements: [],
  outstanding: Number.POSITIVE_INFINITY,
});

/** First only what is required; more than the minimum only when credit is short, and then no more than helps. */
function place(
  problem: Problem,
  order: readonly CreditCheck[],
  fixed: readonly Placement[],
  rank: ReadonlyMap<string, number>,
  work: Work,
): Placement[] {
  const lean = assign(problem, order, false, fixed, rank, work);
  const reached = (placements: readonly Placement[]) => order.every((check) => sumOf(check, placements) >= check.need);
  if (reached(lean)) return lean;
  let full = assign(problem, order, true, fixed, rank, work);
  if (!reached(full)) return full;
  for (const extra of [...full].sort((a, b) => rank.get(b.holding.id)! - rank.get(a.holding.id)!)) {
    const without = full.filter((placement) => placement !== extra);
    const left = without.filter((placement) => placement.slot === extra.slot).length;
    if (left >= extra.slot.min && reached(without)) full = without;
  }
  return full;
}

/** Credit of the holdings placed in the slots of a check, each holding once. */
export function sumOf(check: CreditCheck, placements: readonly Placement[]): number {
  const counted = new Set(placements.filter(({ slot }) => check.slots.has(slot.id)).map(({ holding }) => holding));
  return [...counted].reduce((sum, holding) => sum + creditIn(holding, check.system), 0);
}

function unservedOf(problem: Problem, placements: readonly Placement[]): number {
  return problem.slots
    .filter((slot) => slot.mandatory)
    .reduce((sum, slot) => sum + Math.max(0, slot.min - placements.filter((one) => one.slot === slot).length), 0);
}

/** Which check comes first matters only when there are several; each is first at least once. */
function orders(checks: readonly CreditCheck[]): CreditCheck[][] {
  if (checks.length <= 1) return [[...checks]];
  if (checks.length > 3) return checks.map((_, index) => [...checks.slice(index), ...checks.slice(0, index)]);
  return checks.flatMap((first) => orders(checks.filter((other) => other !== first)).map((rest) => [first, ...rest]));
}

/**
 * A certificate for a cluster of units may serve all of them within one slot. Every way to use such certificates as a whole
 * is tried, first the way that uses none so.
 */
function bundlingsOf(problem: Problem): Placement[][] {
  let ways: Placement[][] = [[]];
  for (const slot of problem.slots) {
    if (slot.node.kind !== 'requireAll') continue;
    const holdings = new Set(slot.items.flatMap((place) => place.eligible));
    for (const holding of holdings) {
      const items = slot.items.filter(
        ({ eligible, index }) => slot.node.items[index]!.code !== undefined && eligible.includes(holding),
      );
      if (items.length < 2) continue;
      const bundle = items.map(({ index }) => ({ slot, item: index, holding }));
      ways = ways.flatMap((way) => (compatible(way, bundle) ? [way, [...way, ...free(way, bundle)]] : [way]));
      if (ways.length > MAX_BUNDLINGS) return ways;
    }
  }
  return ways;
}

const compatible = (way: readonly Placement[], bundle: readonly Placement[]): boolean =>
  free(way, bundle).length > 0 && !way.some((one) => one.holding.achievement === bundle[0]!.holding.achievement);

/** The part of a bundle whose items no other certificate of the way serves already. */
const free = (way: readonly Placement[], bundle: readonly Placement[]): Placement[] =>
  bundle.filter((one) => !way.some((other) => other.slot === one.slot && other.item === one.item));
