import { type CreditGroup, type Placing, shortOf } from './credit-group.ts';

/**
 * Covers slot by slot, the one with the least to spare first, with few and large holdings. Only an answer, no proof: it is
 * proved where it leaves no more open than the slots whose whole supply is short.
 */
export function greedy(group: CreditGroup): Placing {
  const { need, pieces } = group;
  const placing: Placing = new Int32Array(pieces.length).fill(-1);
  /** By slot: piece and place of the slot in its list, large first. */
  const bySlot: [piece: number, at: number][][] = need.map(() => []);
  const spare = need.map((one) => -one);
  for (const [piece, { slots, values }] of pieces.entries()) {
    for (const [at, slot] of slots.entries()) {
      bySlot[slot]!.push([piece, at]);
      spare[slot]! += values[at]!;
    }
  }
  const worth = ([piece, at]: [number, number]) => pieces[piece]!.values[at]!;
  for (const list of bySlot)
    list.sort((a, b) => worth(b) - worth(a) || pieces[a[0]]!.day - pieces[b[0]]!.day || a[0] - b[0]);

  const take = (piece: number, at: number): void => {
    placing[piece] = at;
    for (const [other, slot] of pieces[piece]!.slots.entries()) spare[slot]! -= pieces[piece]!.values[other]!;
  };
  const waiting = new Set(need.flatMap((one, slot) => (one > 0 ? [slot] : [])));
  while (waiting.size > 0) {
    let slot = -1;
    for (const one of waiting) if (slot < 0 || spare[one]! < spare[slot]!) slot = one;
    waiting.delete(slot);
    if (spare[slot]! < 0) continue;
    const free = bySlot[slot]!.filter(([piece]) => placing[piece]! < 0);
    let short = need[slot]!;
    for (const one of free) {
      if (short <= 0) break;
      // The largest, until one is enough: then the smallest that is.
      const next = worth(one) < short ? one : free.findLast((other) => worth(other) >= short)!;
      short -= worth(next);
      take(...next);
    }
  }
  return placing;
}

/** Everything else goes where it may be first: while something is open all credit counts (A6, level 2). */
export function placeAll({ pieces }: CreditGroup, placing: Placing): Placing {
  return placing.map((at, piece) => (at < 0 && pieces[piece]!.slots.length > 0 ? 0 : at));
}

/** Slots that a placing leaves open. */
export const openOfPlacing = (group: CreditGroup, placing: Placing): number =>
  shortOf(group, placing).filter((short) => short > 0).length;
