import { askFor } from './credit-cover.ts';
import { type Ask, fill, nothingRefuted, type Refuted } from './credit-fill.ts';
import { type CreditGroup, type Placing, shortOf } from './credit-group.ts';
import type { Budget, Goal } from './search.ts';

interface Settled {
  placing: Placing;
  /** Nothing is better in levels 4 to 8. */
  proved: boolean;
}

/**
 * The best of the placings that leave open one of `sets` and nothing else, in levels 4 to 8 of A6. Level by level: what is
 * reached in one is asked for in all that follow, and each step is a placing that is better or the proof that there is none.
 * @param start leaves open one of them
 */
export function creditTies(
  group: CreditGroup,
  goal: Goal,
  sets: readonly (readonly number[])[],
  start: Placing,
  budget: Budget,
): Settled {
  if (goal === 'unmet') {
    // Everything that carries credit is placed: levels 4 to 7 are the same for all.
    const every = group.pieces.map(() => true);
    return places(group, sets, every, start, budget);
  }
  // Nothing is open anywhere.
  const chosen = choose(group, askFor(group, []), start, budget);
  if (!chosen.proved) return chosen;
  return places(
    group,
    [[]],
    [...chosen.placing].map((at) => at >= 0),
    chosen.placing,
    budget,
  );
}

/** Level 8, of given pieces: the first placing in the order of their ids. */
function places(
  group: CreditGroup,
  sets: readonly (readonly number[])[],
  pieces: readonly boolean[],
  start: Placing,
  budget: Budget,
): Settled {
  const order = pieces.flatMap((one, piece) => (one ? [piece] : []));
  let best: Placing | undefined;
  for (const open of sets) {
    const filled = fill(group, { ...askFor(group, open), must: pieces, may: pieces, order }, budget);
    if (filled === 'unknown') return { placing: start, proved: false };
    if (filled === 'none') continue;
    if (!best || order.some((piece, n) => filled[piece]! < best![piece]! && same(filled, best!, order.slice(0, n)))) {
      best = filled;
    }
  }
  return { placing: best ?? start, proved: best !== undefined };
}

const same = (a: Placing, b: Placing, pieces: readonly number[]): boolean => pieces.every((one) => a[one] === b[one]);

/** Levels 4 to 7: which pieces. */
function choose(group: CreditGroup, free: Ask, start: Placing, budget: Budget): Settled {
  const { pieces, whole, need, system } = group;
  let [placing, proved] = [start, true];
  /** Another that keeps to what is asked, or false when there is none. */
  const better = (ask: Ask, refuted: Refuted): boolean => {
    const filled = proved ? fill(group, ask, budget, refuted) : 'unknown';
    if (filled === 'unknown') proved = false;
    if (typeof filled === 'string') return false;
    placing = filled;
    return true;
  };
  const count = (of: (piece: number) => number): number =>
    placing.reduce((sum, at, piece) => sum + (at < 0 ? 0 : of(piece)), 0);

  // 4. As few as can be.
  let most = fewest(group);
  while (most < count(() => 1) && !better({ ...free, most }, nothingRefuted(free)) && proved) most++;

  // 5. Of equally many, the list is the smaller, the more of the earliest day it has, then of the next.
  const early = { ...free, most, order: [...free.order].sort((a, b) => pieces[a]!.day - pieces[b]!.day) };
  let refuted = nothingRefuted(early);
  const ofDay = new Array<number>(Math.max(...pieces.map(({ day }) => day), 0) + 1).fill(0);
  for (const day of ofDay.keys()) {
    const held = pieces.filter((piece) => piece.day === day).length;
    do ofDay[day] = count((piece) => (pieces[piece]!.day === day ? 1 : 0));
    while (
      ofDay[day] < held &&
      ofDay.reduce((sum, one) => sum + one, 0) < most &&
      better({ ...early, ofDay: ofDay.with(day, ofDay[day] + 1) }, refuted)
    );
  }

  // 6. System by system, as little credit as can be.
  refuted = nothingRefuted(free);
  const total = [...whole];
  for (const one of total.keys()) {
    const least = need.reduce((sum, asked, slot) => sum + (system[slot] === one ? asked : 0), 0);
    do total[one] = count((piece) => pieces[piece]!.credit[one]!);
    while (total[one] > least && better({ ...free, most, ofDay, total: total.with(one, total[one] - 1) }, refuted));
  }

  // 7. In the order of ids, whatever can be among them.
  const [must, may] = [[...free.must], [...free.may]];
  for (const piece of pieces.keys()) {
    if (!proved || must.filter((one) => one).length === most) break;
    must[piece] = true;
    if (placing[piece]! >= 0 || better({ ...free, must, may, most, ofDay, total }, refuted)) continue;
    [must[piece], may[piece]] = [false, false];
    // What was refuted because this one had to be placed says nothing of the next.
    for (let depth = 0; depth <= free.order.indexOf(piece); depth++) refuted[depth]!.clear();
  }
  return { placing, proved };
}

/** Fewer cannot be: each slot alone, with its largest. */
function fewest(group: CreditGroup): number {
  const empty: Placing = new Int32Array(group.pieces.length).fill(-1);
  return shortOf(group, empty).reduce((all, need, slot) => {
    const values = group.pieces.flatMap(({ slots, values }) => values.filter((_, at) => slots[at] === slot));
    let short = need;
    let taken = 0;
    for (const value of values.sort((a, b) => b - a)) {
      if (short <= 0) break;
      short -= value;
      taken++;
    }
    return all + taken;
  }, 0);
}
