import type { Slot } from './compile.ts';
import { type Bar, type Forms, holds, totalOf } from './conditions.ts';
import type { Option } from './options.ts';
import { openOfParts, type Plan, type View } from './plan.ts';
import type { Placed } from './tree.ts';

/** Everything that decides between assignments, in the order of A6. */
export interface Score {
  open: number;
  advisory: number;
  total: readonly number[];
  /** Sorted. */
  expires: readonly string[];
  /** In code-point order of the ids. */
  placed: readonly Option[];
}

/** What an assignment of one unit is held against. */
export interface Rules {
  parts: readonly { plan: Plan; advisory: boolean }[];
  slots: readonly Slot[];
  /** In the order of the unit's checks. */
  checks: readonly Forms[];
  bars: readonly Bar[];
  systems: readonly string[];
  fixed(placed: Placed): number;
  forced?: Plan | undefined;
}

/** Of one slot: how much of what it counts was placed, without any limit. */
export function countOf({ demand }: Slot, placed: readonly Option[]): number {
  if (demand.counts === 'credit')
    return placed.reduce((sum, one) => sum + (one.guise.credit.get(demand.system!) ?? 0), 0);
  if (placed.length === 0) return 0;
  return new Set(placed.flatMap(({ items }) => items)).size;
}

export const openOfSlot = ({ demand }: Slot, count: number): number =>
  demand.counts === 'credit' ? (count >= demand.need ? 0 : 1) : Math.max(0, demand.need - count);

/** No two placed holdings share an achievement, in what they are or stand for, nor an award (A3, not twice). */
export function twice(placed: readonly Option[]): boolean {
  const awards = new Set<string>();
  const achievements = new Set<string>();
  for (const { fact, guise, slot } of placed) {
    const { awardId, achievement } = fact.holding;
    if (awards.has(awardId)) return true;
    awards.add(awardId);
    if (slot.repeatable) continue;
    const here = new Set([achievement, ...guise.achievements]);
    for (const one of here) if (achievements.has(one)) return true;
    for (const one of here) achievements.add(one);
  }
  return false;
}

/** Whether a set of placements is allowed at all: not twice, and every limit kept. */
export function allowed(placed: readonly Option[], { bars }: Pick<Rules, 'bars'>): boolean {
  if (twice(placed)) return false;
  const bySlot = Map.groupBy(placed, ({ slot }) => slot);
  for (const [slot, here] of bySlot) {
    if (slot.demand.limit !== undefined && countOf(slot, here) > slot.demand.limit) return false;
  }
  return bars.every(({ slots, broken }) => !broken(placed.filter(({ slot }) => slots.includes(slot.index))));
}

/** An assignment as it is: the specification, read literally; each slot and check once, however often it is asked. */
export function viewOf(placed: readonly Option[], { slots, checks, fixed, forced }: Rules): View {
  const bySlot = Map.groupBy(placed, ({ slot }) => slot.index);
  const ofSlot: number[] = [];
  const ofCheck: number[] = [];
  const slotNow = (index: number) => openOfSlot(slots[index]!, countOf(slots[index]!, bySlot.get(index) ?? []));
  const checkNow = (index: number) => {
    const counted = checks[index]!.check.slots.flatMap((slot) => bySlot.get(slot) ?? []);
    return holds(checks[index]!, counted) ? 0 : 1;
  };
  return {
    took: (index) => bySlot.has(index),
    slot: (index) => (ofSlot[index] ??= slotNow(index)),
    check: (index) => (ofCheck[index] ??= checkNow(index)),
    fixed,
    forced,
  };
}

/** @returns how good an assignment is that is `allowed` */
export function assess(placed: readonly Option[], rules: Rules): Score {
  return {
    ...openOfParts(rules.parts, viewOf(placed, rules)),
    total: rules.systems.map((system) => totalOf(placed, system)),
    expires: placed.map(({ fact }) => fact.expires).sort(),
    placed: [...placed].sort((a, b) => a.fact.rank - b.fact.rank),
  };
}

/** The total order of A6; negative when `a` is better. */
export function compareScores(a: Score, b: Score): number {
  return (
    a.open - b.open ||
    (a.open > 0 ? compareLists(b.total, a.total) : 0) ||
    a.advisory - b.advisory ||
    a.placed.length - b.placed.length ||
    compareLists(a.expires, b.expires) ||
    compareLists(a.total, b.total) ||
    compareLists(ranks(a), ranks(b)) ||
    compareLists(places(a), places(b))
  );
}

const ranks = ({ placed }: Score): number[] => placed.map(({ fact }) => fact.rank);
const places = ({ placed }: Score): number[] => placed.flatMap(({ slot, guiseOrder }) => [slot.index, guiseOrder]);

export function compareLists<T extends number | string>(a: readonly T[], b: readonly T[]): number {
  const both = Math.min(a.length, b.length);
  for (let index = 0; index < both; index++) {
    if (a[index] !== b[index]) return a[index]! < b[index]! ? -1 : 1;
  }
  return a.length - b.length;
}
