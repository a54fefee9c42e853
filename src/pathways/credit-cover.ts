import type { Component } from './component.ts';
import { type Ask, type Filled, fill } from './credit-fill.ts';
import { greedy, openOfPlacing, placeAll } from './credit-greedy.ts';
import { type CreditGroup, creditGroup, optionsOf, type Placing } from './credit-group.ts';
import { repaired } from './credit-repair.ts';
import { creditTies } from './credit-ties.ts';
import { type Budget, type Found, type Goal, openOf } from './search.ts';

/** Beyond it only what is greedy is tried: the exact steps are for groups, not for crowds. */
const MOST_PIECES = 400;
const MOST_SLOTS = 40;
/** Sets of slots to leave open that are tried. */
const MOST_SETS = 64;

/**
 * Components that only ask for sums of credit (B2, B3 4b and 4c). Level 1: a greedy cover, repaired by
 * exchanges, is the best when it leaves open only slots whose whole supply is short, which no placing closes; else the
 * fewest slots are left open with which all others can be filled, fewest first. Level 2, while something is open: everything that carries credit is placed, because
 * one more placement never does harm here. Levels 4 to 8: see `creditTies`.
 * @returns undefined for components of another form
 */
export function creditCover(component: Component, goal: Goal, budget: Budget): Found | undefined {
  const group = creditGroup(component, goal);
  if (!group) return undefined;
  const certain = openForCertain(group);
  const first = greedy(group);
  const quick =
    openOfPlacing(group, first) > certain.length ? (repaired(group, first, certain.length) ?? first) : first;
  const exact = group.pieces.length <= MOST_PIECES && group.need.length <= MOST_SLOTS;
  let best = quick;
  let bound = certain.length;
  /** Sets of slots with which all others can be filled. */
  let sets: number[][] | undefined = [certain];
  if (openOfPlacing(group, quick) > bound) {
    // Half of what is left: the general search goes on with the rest.
    const half = Math.ceil(budget.left / 2);
    const own: Budget = { left: half };
    const found = exact ? fewestOpen(group, certain, own) : undefined;
    budget.left -= half - own.left;
    sets = found?.sets;
    best = found?.placing ?? quick;
    bound = found?.bound ?? bound;
  }
  const found = (placing: Placing, proved: boolean): Found => {
    const placed = optionsOf(group, goal === 'unmet' ? placeAll(group, placing) : placing);
    const open = openOf(component, placed);
    return { placed, open, proved: proved && open === bound, objective: open === bound, bound };
  };
  if (goal === 'open') return found(best, true);
  const ties = exact && sets ? creditTies(group, goal, sets, best, budget) : undefined;
  return found(ties?.placing ?? best, ties?.proved ?? false);
}

/** Slots whose whole supply is short. */
function openForCertain({ need, pieces }: CreditGroup): number[] {
  const lack = [...need];
  for (const { slots, values } of pieces) for (const [at, slot] of slots.entries()) lack[slot]! -= values[at]!;
  return lack.flatMap((one, slot) => (one > 0 ? [slot] : []));
}

interface Fewest {
  bound: number;
  placing?: Placing;
  /** Every set of that size with which all others can be filled; undefined when that is not proved. */
  sets?: number[][];
}

/** Leaves open what is open for certain, and as few others as can be. */
function fewestOpen(group: CreditGroup, certain: readonly number[], budget: Budget): Fewest {
  const others = group.need.flatMap((need, slot) => (need > 0 && !certain.includes(slot) ? [slot] : []));
  for (let more = 0; more <= others.length; more++) {
    const sets = choices(others, more);
    const bound = certain.length + more;
    if (sets.length > MOST_SETS) return { bound };
    const tried = sets.map((set): [number[], Filled] => [
      [...certain, ...set],
      fill(group, askFor(group, [...certain, ...set]), budget),
    ]);
    const placing = tried.map(([, filled]) => filled).find((filled) => typeof filled !== 'string');
    if (tried.some(([, filled]) => filled === 'unknown')) return { bound, ...(placing ? { placing } : {}) };
    if (placing) return { bound, placing, sets: tried.flatMap(([set, one]) => (one === 'none' ? [] : [set])) };
  }
  throw new Error('nothing has to be filled, and yet it cannot be');
}

/** Large ones first: what is small fits in at the end. */
export function askFor({ need, pieces }: CreditGroup, open: readonly number[]): Ask {
  const largest = pieces.map(({ values }) => Math.max(...values));
  return {
    need: need.map((one, slot) => (open.includes(slot) ? 0 : one)),
    must: pieces.map(() => false),
    may: pieces.map(() => true),
    order: [...pieces.keys()].sort((a, b) => largest[b]! - largest[a]! || a - b),
  };
}

/** All sets of `size` members, up to one more than are tried. */
function choices(from: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  const out: number[][] = [];
  for (let at = 0; at + size <= from.length && out.length <= MOST_SETS; at++) {
    for (const rest of choices(from.slice(at + 1), size - 1)) out.push([from[at]!, ...rest]);
  }
  return out;
}
