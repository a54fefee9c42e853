import type { Component } from './component.ts';
import type { Option } from './options.ts';
import type { Goal } from './search.ts';

/** One holding of a credit group. Slots are numbered as in `CreditGroup.slots`. */
export interface Piece {
  /** By slot that may take it, in pre-order: which, how much it brings there, and the option. */
  slots: readonly number[];
  values: readonly number[];
  options: readonly Option[];
  /** Place of its expiry day among those of the group, early first. */
  day: number;
  /** By system, whatever slot it is in. */
  credit: readonly number[];
}

/**
 * A component that only asks for sums of credit: each holding goes into one slot and brings its whole credit there; no
 * limit, no check, no truncation, no decision, nothing advisory, and no two holdings of one award or achievement. Then
 * one more placement never does harm, and what is placed decides the total, wherever it is placed. All is in integers.
 */
export interface CreditGroup {
  component: Component;
  /** By slot: what it asks for, and the system (its place in `Rules.systems`). */
  need: readonly number[];
  system: readonly number[];
  /** By id. */
  pieces: readonly Piece[];
  /** By system: all there is. */
  whole: readonly number[];
}

/** @returns undefined for components of another form */
export function creditGroup(component: Component, goal: Goal): CreditGroup | undefined {
  const { rules, slots, parts, bars, checks, holdings } = component;
  if (bars.length > 0 || checks.length > 0 || parts.length !== slots.length) return undefined;
  if (parts.some(({ plan, advisory }) => plan.type !== 'slot' || plan.advisory || advisory)) return undefined;
  const demands = slots.map((index) => rules.slots[index]!.demand);
  if (demands.some((one) => one.counts !== 'credit' || one.limit !== undefined || one.truncate !== undefined)) {
    return undefined;
  }
  const system = demands.map((one) => rules.systems.indexOf(one.system!));
  if (system.includes(-1) || !apart(holdings)) return undefined;
  const local = new Map(slots.map((index, at) => [index, at]));
  const days = [...new Set(holdings.map(([one]) => one!.fact.expires))].sort();
  const dayOf = new Map(days.map((day, at) => [day, at]));
  const pieces = holdings.map((list): Piece => {
    const [{ fact, guise }] = list as [Option];
    const credit = rules.systems.map((one) => guise.credit.get(one) ?? 0);
    // What brings nothing to a slot is placed there only for its credit elsewhere, while something is open (A6, level 2).
    const wanted = list.filter(({ slot }) => {
      const here = credit[system[local.get(slot.index)!]!]!;
      return here > 0 || (goal === 'unmet' && credit.some((one) => one > 0));
    });
    const at = wanted.map(({ slot }) => local.get(slot.index)!);
    return {
      ...{ slots: at, values: at.map((slot) => credit[system[slot]!]!), options: wanted },
      ...{ day: dayOf.get(fact.expires)!, credit },
    };
  });
  const byId = pieces.filter(({ options }) => options.length > 0).sort((a, b) => rankOf(a) - rankOf(b));
  return reduced({ component, need: demands.map(({ need }) => need), system, pieces: byId });
}

const rankOf = ({ options }: Piece): number => options[0]!.fact.rank;

/** Own guises only, and no two that exclude one another. */
function apart(holdings: Component['holdings']): boolean {
  const awards = new Set<string>();
  const achievements = new Set<string>();
  for (const list of holdings) {
    if (list.some(({ guiseOrder }) => guiseOrder > 0)) return false;
    awards.add(list[0]!.fact.holding.awardId);
    achievements.add(list[0]!.fact.holding.achievement);
  }
  return awards.size === holdings.length && achievements.size === holdings.length;
}

/** In the coarsest unit of each system: where every value is a multiple of d, a sum >= need is a sum >= need rounded up to one. */
function reduced(group: Omit<CreditGroup, 'whole'>): CreditGroup {
  const unit = group.component.rules.systems.map((_, system) =>
    group.pieces.reduce((all, { credit }) => gcd(all, credit[system]!), 0),
  );
  const by = (value: number, system: number) => (unit[system]! > 1 ? Math.ceil(value / unit[system]!) : value);
  const pieces = group.pieces.map((piece) => ({
    ...piece,
    values: piece.values.map((value, at) => by(value, group.system[piece.slots[at]!]!)),
    credit: piece.credit.map(by),
  }));
  return {
    ...group,
    need: group.need.map((need, slot) => by(need, group.system[slot]!)),
    pieces,
    whole: unit.map((_, system) => pieces.reduce((sum, { credit }) => sum + credit[system]!, 0)),
  };
}

function gcd(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** By piece: the place in its own list of slots, or -1 for nowhere. */
export type Placing = Int32Array;

export const optionsOf = ({ pieces }: CreditGroup, placing: Placing): Option[] =>
  pieces.flatMap(({ options }, at) => (placing[at]! >= 0 ? [options[placing[at]!]!] : []));

/** What each slot still lacks. */
export function shortOf({ need, pieces }: CreditGroup, placing: Placing): number[] {
  const short = [...need];
  for (const [at, { slots, values }] of pieces.entries()) {
    if (placing[at]! >= 0) short[slots[placing[at]!]!]! -= values[placing[at]!]!;
  }
  return short;
}
