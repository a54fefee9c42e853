import type { Ask } from './credit-fill.ts';
import type { CreditGroup } from './credit-group.ts';

/** Most subsets of slots that a bound looks at. */
const MOST_SUBSETS = 64;

/** Sets of slots of one system: all of a few slots; else single ones, neighbours that share a holding, and the whole. */
export function subsetsOf({ need, system, pieces }: CreditGroup): number[][] {
  const all = need.map((_, slot) => slot);
  const bySystem = [...Map.groupBy(all, (slot) => system[slot]!).values()];
  return bySystem.flatMap((slots) => {
    if (2 ** slots.length <= MOST_SUBSETS) {
      return Array.from({ length: 2 ** slots.length - 1 }, (_, n) => slots.filter((_, at) => ((n + 1) >> at) & 1));
    }
    const neighbours = new Map<string, number[]>();
    for (const piece of pieces) {
      const here = piece.slots.filter((slot) => system[slot] === system[slots[0]!]);
      if (here.length > 1 && neighbours.size < MOST_SUBSETS) neighbours.set(here.join(), here);
    }
    return [...slots.map((slot) => [slot]), ...neighbours.values(), slots];
  });
}

/** By depth: most that can still go to any of some slots together. */
export function supplyOf(group: CreditGroup, ask: Ask, slots: readonly number[]): Float64Array {
  return suffix(group, ask, slots, (later, here) => later + here);
}

/** By depth: the largest that can still go to a slot. */
export function largestOf(group: CreditGroup, ask: Ask, slot: number): Float64Array {
  return suffix(group, ask, [slot], Math.max);
}

function suffix(
  { pieces }: CreditGroup,
  { order, may }: Ask,
  among: readonly number[],
  join: (later: number, here: number) => number,
): Float64Array {
  const out = new Float64Array(order.length + 1);
  for (let depth = order.length - 1; depth >= 0; depth--) {
    const { slots, values } = pieces[order[depth]!]!;
    let here = 0;
    for (let at = 0; may[order[depth]!] && at < slots.length; at++) {
      if (values[at]! > here && among.includes(slots[at]!)) here = values[at]!;
    }
    out[depth] = join(out[depth + 1]!, here);
  }
  return out;
}

/**
 * Of one system, with the pieces of a day in the order of their values: whether as many of each day as are asked for, at
 * their largest, with `spare` more, bring less than what is lacking; or, at their smallest, more than there is room for.
 * @returns undefined where there are several systems
 */
export function daysOf(group: CreditGroup, ask: Ask) {
  const { pieces, system, whole } = group;
  const { order, may, ofDay = [] } = ask;
  const one = system[0]!;
  if (system.some((other) => other !== one) || whole.some((sum, other) => sum > 0 && other !== one)) return undefined;
  const largest = suffix(group, ask, [...system.keys()], Math.max);
  /** By day: sums of its first so many; and how many there are before a depth. */
  const sums = ofDay.map(() => [0]);
  const before = ofDay.map(() => new Int32Array(order.length + 1));
  for (const [depth, piece] of order.entries()) {
    const { day, credit } = pieces[piece]!;
    if (may[piece]) sums[day]!.push(sums[day]!.at(-1)! + credit[one]!);
    for (const [at, list] of before.entries()) list[depth + 1] = sums[at]!.length - 1;
  }
  return (
    depth: number,
    asked: readonly number[],
    spare: number,
    lacking: number,
    room: readonly number[],
  ): boolean => {
    let most = spare * largest[depth]!;
    let least = 0;
    for (let day = 0; day < asked.length; day++) {
      if (asked[day] === 0) continue;
      const sum = sums[day]!;
      const from = before[day]![depth]!;
      const last = sum.length - 1;
      if (from + asked[day]! > last) return true;
      most += sum[from + asked[day]!]! - sum[from]!;
      least += sum[last]! - sum[last - asked[day]!]!;
    }
    return lacking > most || (room.length > 0 && least > room[one]!);
  };
}
