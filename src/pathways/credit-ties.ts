import { askFor } from './credit-cover.ts';
import { type Ask, type Filled, fill } from './credit-fill.ts';
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
  let [placing, proved] = [start, true];
  const better = (ask: Ask): Filled => {
    const filled = fill(group, ask, budget);
    if (filled === 'unknown') proved = false;
    else if (filled !== 'none') placing = filled;
    return filled;
  };
  const count = (of: (piece: number) => number): number =>
    placing.reduce((sum, at, piece) => sum + (at < 0 ? 0 : of(piece)), 0);
  const { pieces } = group;
  let ask: Ask = free;

  // 4. As few as can be.
  for (let most = fewest(group); most < count(() => 1) && proved; most++) better({ ...ask, most });
  if (!proved) return { placing, proved };
  ask = { ...ask, most: count(() => 1) };

  // 5. Of equally many, the list is the smaller, the more of the earliest day it has, then of the next.
  const ofDay: number[] = [];
  const onDay = (day: number) => count((piece) => (pieces[piece]!.day === day ? 1 : 0));
  for (let day = 0; day <= Math.max(...pieces.map((piece) => piece.day), 0) && proved; day++) {
    ofDay[day] = onDay(day);
    const held = pieces.filter((piece) => piece.day === day).length;
    while (ofDay[day]! < held && sum(ofDay) < ask.most! && proved) {
      if (better({ ...ask, ofDay: [...ofDay.slice(0, day), ofDay[day]! + 1] }) === 'none') break;
      ofDay[day] = onDay(day);
    }
  }
  if (!proved) return { placing, proved };
  ask = { ...ask, ofDay };

  // 6. System by system, as little credit as can be.
  const total: number[] = [];
  for (const system of group.component.rules.systems.keys()) {
    const here = () => count((piece) => pieces[piece]!.credit[system]!);
    const least = group.need.reduce((all, need, slot) => all + (group.system[slot] === system ? need : 0), 0);
    while (here() > least && proved) {
      if (better({ ...ask, total: [...total, here() - 1] }) === 'none') break;
    }
    total.push(here());
  }
  if (!proved) return { placing, proved };
  ask = { ...ask, total };

  // 7. In the order of ids, whatever can be among them.
  const [must, may] = [[...ask.must], [...ask.may]];
  for (const piece of pieces.keys()) {
    if (count((one) => (must[one] ? 1 : 0)) === ask.most) break;
    must[piece] = true;
    if (placing[piece]! >= 0) continue;
    const filled = better({ ...ask, must, may });
    if (filled === 'unknown') break;
    if (filled === 'none') [must[piece], may[piece]] = [false, false];
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

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
