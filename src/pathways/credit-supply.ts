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
