import type { CreditGroup, Placing } from './credit-group.ts';
import { daysOf, largestOf, subsetsOf, supplyOf } from './credit-supply.ts';
import type { Budget } from './search.ts';

/** What a placing has to keep to. */
export interface Ask {
  /** By slot; 0 for one that may stay open. */
  need: readonly number[];
  /** By piece: whether it has to be, or may be, placed. */
  must: readonly boolean[];
  may: readonly boolean[];
  /** In which order pieces are decided. */
  order: readonly number[];
  /** Most placements. */
  most?: number;
  /** By day, all days: fewest placements of pieces that expire then. */
  ofDay?: readonly number[];
  /** By system, all systems: most credit placed. */
  total?: readonly number[];
}

/** `none`: proved that there is none; `unknown`: the budget ended first. */
export type Filled = Placing | 'none' | 'unknown';

/** By depth: states that nothing below them can complete. */
export type Refuted = Set<number | string>[];

export const nothingRefuted = ({ order }: Ask): Refuted => order.map(() => new Set());

/**
 * The first placing that keeps to all that is asked, in the order of `order`, then of slots, nowhere last; so that, with
 * the set of placed pieces given and ordered by id, it is the first in level 8 of A6.
 *
 * Depth first. A branch is cut only where nothing below it can do: (a) what some slots of one system lack together is more
 * than all that can still go to any of them; (b) placements, days or total left are fewer than what is lacking takes at
 * the least; (c) the same was refuted before: what is below depends on nothing but the depth, what each slot still lacks
 * and what is left of the limits.
 * @param refuted of an earlier question with the same order, that asked for limits of the same kinds and, of the pieces
 * from that depth on, let no fewer be placed and made no more have to be
 */
export function fill(group: CreditGroup, ask: Ask, budget: Budget, refuted: Refuted = nothingRefuted(ask)): Filled {
  const { pieces, system } = group;
  const { order, must, may } = ask;
  const size = order.length;
  const placing: Placing = new Int32Array(pieces.length).fill(-1);
  const short = [...ask.need];
  const subsets = subsetsOf(group).map((slots) => ({ slots, toCome: supplyOf(group, ask, slots) }));
  /** Larger groups, dearer nodes. */
  const weight = 1 + Math.floor(subsets.length / 32);
  const largest = short.map((_, slot) => largestOf(group, ask, slot));
  const mustAfter = new Int32Array(size + 1);
  const sameDayAfter = new Int32Array(size);
  const days = new Map<number, number>();
  for (let depth = size - 1; depth >= 0; depth--) {
    const piece = order[depth]!;
    const { day } = pieces[piece]!;
    mustAfter[depth] = mustAfter[depth + 1]! + (must[piece] ? 1 : 0);
    sameDayAfter[depth] = days.get(day) ?? 0;
    if (may[piece]) days.set(day, sameDayAfter[depth]! + 1);
  }
  const bySystem = group.component.rules.systems.map((_, one) =>
    short.flatMap((_, slot) => (system[slot] === one ? [slot] : [])),
  );
  const ofDay = [...(ask.ofDay ?? [])];
  /** Placements that no day asks for. */
  let spare = (ask.most ?? size) - ofDay.reduce((sum, one) => sum + one, 0);
  const room = [...(ask.total ?? [])];
  const keyOf = keys([
    ...short.map((_, slot) => ({ most: group.need[slot]!, of: () => Math.max(0, short[slot]!) })),
    ...(ask.most === undefined ? [] : [{ most: ask.most, of: () => spare }]),
    ...ofDay.map((_, day) => ({ most: ask.most!, of: () => ofDay[day]! })),
    ...room.map((_, one) => ({ most: group.whole[one]!, of: () => room[one]! })),
  ]);
  const every = [...short.keys()];
  const ofDays = ask.ofDay && daysOf(group, ask);
  let ended = false;
  if (spare < 0) return 'none';

  /** Of all slots, or of those of one system. */
  const lacking = (slots: readonly number[]): number => {
    let lack = 0;
    for (const slot of slots) if (short[slot]! > 0) lack += short[slot]!;
    return lack;
  };

  const cut = (depth: number): boolean => {
    for (const { slots, toCome } of subsets) if (lacking(slots) > toCome[depth]!) return true;
    if (ask.most !== undefined) {
      let left = spare;
      for (const one of ofDay) left += one;
      if (mustAfter[depth]! > left) return true;
      let fewest = 0;
      for (let slot = 0; slot < short.length; slot++) {
        if (short[slot]! > 0) fewest += Math.ceil(short[slot]! / largest[slot]![depth]!);
      }
      if (fewest > left) return true;
    }
    for (let one = 0; one < room.length; one++) if (lacking(bySystem[one]!) > room[one]!) return true;
    return ofDays?.(depth, ofDay, spare, lacking(every), room) ?? false;
  };

  const done = (depth: number): boolean =>
    mustAfter[depth] === 0 && short.every((one) => one <= 0) && ofDay.every((one) => one === 0);

  const visit = (depth: number): boolean => {
    if (done(depth)) return true;
    if (depth === size) return false;
    if (budget.left <= 0) {
      ended = true;
      return false;
    }
    budget.left -= weight;
    if (cut(depth)) return false;
    const key = keyOf();
    if (refuted[depth]!.has(key)) return false;
    const piece = order[depth]!;
    const { slots, values, day, credit } = pieces[piece]!;
    const asked = ofDay[day] ?? 0;
    if (may[piece] && (asked > 0 || spare > 0) && room.every((left, one) => credit[one]! <= left)) {
      if (asked > 0) ofDay[day] = asked - 1;
      else spare--;
      for (const one of room.keys()) room[one]! -= credit[one]!;
      for (const [at, slot] of slots.entries()) {
        placing[piece] = at;
        short[slot]! -= values[at]!;
        if (visit(depth + 1)) return true;
        short[slot]! += values[at]!;
      }
      placing[piece] = -1;
      for (const one of room.keys()) room[one]! += credit[one]!;
      if (asked > 0) ofDay[day] = asked;
      else spare++;
    }
    if (!must[piece] && sameDayAfter[depth]! >= asked && visit(depth + 1)) return true;
    if (!ended) refuted[depth]!.add(key);
    return false;
  };

  return visit(0) ? placing : ended ? 'unknown' : 'none';
}

/** One text or number for all that is below, the same only for the same: a number while whole numbers are exact. */
function keys(parts: readonly { most: number; of: () => number }[]): () => number | string {
  const exact = parts.reduce((all, { most }) => all * (most + 1), 1) <= Number.MAX_SAFE_INTEGER;
  if (!exact) return () => parts.map(({ of }) => of()).join();
  return () => {
    let key = 0;
    for (const { most, of } of parts) key = key * (most + 1) + of();
    return key;
  };
}
