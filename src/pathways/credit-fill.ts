import type { CreditGroup, Placing } from './credit-group.ts';
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
  /** By day: fewest placements of pieces that expire then. */
  ofDay?: readonly number[];
  /** By system: most credit placed. */
  total?: readonly number[];
}

/** `none`: proved that there is none; `unknown`: the budget ended first. */
export type Filled = Placing | 'none' | 'unknown';

/** Most subsets of slots that a bound looks at. */
const MOST_SUBSETS = 64;

/**
 * The first placing that keeps to all that is asked, in the order of `order`, then of slots, nowhere last; so that, with
 * the set of placed pieces given and ordered by id, it is the first in level 8 of A6.
 *
 * Depth first. A branch is cut only where nothing below it can do: (a) what some slots of one system lack together is more
 * than all that can still go to any of them; (b) placements, days or total left are fewer than what is lacking takes at
 * the least; (c) the same was refuted before: what is below depends on nothing but the depth, what each slot still lacks
 * and what is left of the limits.
 */
export function fill(group: CreditGroup, ask: Ask, budget: Budget): Filled {
  const { pieces, system } = group;
  const { order, must, may } = ask;
  const size = order.length;
  const placing: Placing = new Int32Array(pieces.length).fill(-1);
  const short = [...ask.need];
  const subsets = subsetsOf(group).map((slots) => ({ slots, toCome: supply(group, ask, slots) }));
  const largest = short.map((_, slot) => suffix(ask, group, (values) => Math.max(...values, 0), [slot], Math.max));
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
  const ofDay = [...(ask.ofDay ?? [])];
  /** Placements that no day asks for. */
  let spare = (ask.most ?? size) - ofDay.reduce((sum, one) => sum + one, 0);
  const room = [...(ask.total ?? [])];
  const refuted = new Set<string>();
  let ended = false;

  const cut = (depth: number): boolean => {
    for (const { slots, toCome } of subsets) {
      let lack = 0;
      for (const slot of slots) if (short[slot]! > 0) lack += short[slot]!;
      if (lack > toCome[depth]!) return true;
    }
    if (ask.most !== undefined) {
      let fewest = 0;
      for (const [slot, lack] of short.entries()) if (lack > 0) fewest += Math.ceil(lack / largest[slot]![depth]!);
      const left = ofDay.reduce((sum, one) => sum + one, spare);
      if (Math.max(fewest, mustAfter[depth]!) > left) return true;
    }
    return room.some((left, one) => {
      let lack = 0;
      for (const [slot, more] of short.entries()) if (more > 0 && system[slot] === one) lack += more;
      return lack > left;
    });
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
    budget.left--;
    if (cut(depth)) return false;
    const key = `${depth} ${short.map((one) => (one > 0 ? one : 0))} ${ask.most === undefined ? '' : spare} ${ofDay} ${room}`;
    if (refuted.has(key)) return false;
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
    if (!ended) refuted.add(key);
    return false;
  };

  if (spare < 0) return 'none';
  return visit(0) ? placing : ended ? 'unknown' : 'none';
}

/** Sets of slots of one system: all of a few slots; else single ones, neighbours that share a holding, and the whole. */
function subsetsOf({ need, system, pieces }: CreditGroup): number[][] {
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

/** Most that can still go to any of some slots, by depth. */
const supply = (group: CreditGroup, ask: Ask, slots: readonly number[]): Float64Array =>
  suffix(
    ask,
    group,
    (values) => Math.max(...values, 0),
    slots,
    (sum, one) => sum + one,
  );

function suffix(
  { order, may }: Ask,
  { pieces }: CreditGroup,
  of: (values: number[]) => number,
  slots: readonly number[],
  join: (a: number, b: number) => number,
): Float64Array {
  const out = new Float64Array(order.length + 1);
  for (let depth = order.length - 1; depth >= 0; depth--) {
    const piece = pieces[order[depth]!]!;
    const values = piece.values.filter((_, at) => slots.includes(piece.slots[at]!));
    out[depth] = join(out[depth + 1]!, may[order[depth]!] ? of(values) : 0);
  }
  return out;
}
