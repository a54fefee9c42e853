import { compareLists } from './assess.ts';
import type { Component } from './component.ts';
import type { Option } from './options.ts';
import { type Budget, type Found, type Goal, openOf } from './search.ts';

/** Steps along edges that cost one node of the budget. */
const STEPS = 64;

/**
 * Components of unit slots: every holding covers one thing in each slot that it fits, and nothing else is asked. The sets
 * that can be placed are those of a matroid (things are taken once, slots up to their need), so that taking holdings in
 * the order of A6 and augmenting gives the best set in every level at once (B3, 4a).
 * @returns undefined for components of another form
 */
export function matching(component: Component, goal: Goal, budget: Budget): Found | undefined {
  const holdings = unitHoldings(component, goal);
  if (!holdings) return undefined;
  const match = new Matching(component, holdings, budget);
  const { systems } = component.rules;
  const useful = ([one]: readonly Option[]) =>
    goal === 'unmet' && systems.some((system) => (one!.guise.credit.get(system) ?? 0) > 0);
  // While something is open all credit counts, needed or not (A6, level 2): what carries it costs no place.
  const order = holdings.map((_, at) => at);
  if (goal === 'unmet') order.sort((a, b) => Number(useful(holdings[b]!)) - Number(useful(holdings[a]!)) || a - b);
  for (const at of order) match.take(at);
  const placed = holdings.flatMap((list, at) => (match.isMatched(at) || useful(list) ? [at] : []));
  const settled = goal === 'open' || match.settle(placed, holdings);
  const options = match.options(placed);
  const open = openOf(component, options);
  return { placed: options, open, proved: settled, objective: true, bound: open };
}

/** Of what may be placed, in the order in which it is preferred; holdings of one achievement only once. */
function unitHoldings({ rules, slots, parts, bars, checks, holdings }: Component, goal: Goal) {
  if (bars.length > 0 || checks.length > 0 || parts.length !== slots.length) return undefined;
  if (parts.some(({ plan, advisory }) => plan.type !== 'slot' || plan.advisory || advisory)) return undefined;
  for (const index of slots) {
    const { demand, repeatable } = rules.slots[index]!;
    if (demand.counts === 'credit' || demand.last || repeatable) return undefined;
    if (goal === 'unmet' && demand.limit !== undefined) return undefined;
  }
  const creditOf = ([one]: readonly Option[]) => rules.systems.map((system) => one!.guise.credit.get(system) ?? 0);
  const single = (list: readonly Option[]) => list.every((one) => one.guiseOrder === 0 && one.items.length === 1);
  if (!holdings.every(single)) return undefined;
  const credits = new Map(holdings.map((list) => [list, creditOf(list)]));
  const credit = (list: readonly Option[]) => credits.get(list)!;
  const byWorth = (a: readonly Option[], b: readonly Option[]) =>
    (goal === 'unmet' ? compareLists(credit(b), credit(a)) : 0) ||
    byDay(a[0]!.fact.expires, b[0]!.fact.expires) ||
    compareLists(credit(a), credit(b)) ||
    a[0]!.fact.rank - b[0]!.fact.rank;
  const sorted = [...holdings].sort(byWorth);
  const groups = new Map<string, readonly Option[]>();
  const kept: (readonly Option[])[] = [];
  const awards = new Set<string>();
  for (const list of sorted) {
    const { achievement, awardId } = list[0]!.fact.holding;
    const known = groups.get(achievement);
    // Of an achievement only one can be placed; where all fit alike, the first is the best.
    if (known && formOf(known) !== formOf(list)) return undefined;
    if (known) continue;
    if (awards.has(awardId)) return undefined;
    awards.add(awardId);
    groups.set(achievement, list);
    kept.push(list);
  }
  // Copies of an award under another achievement would tie holdings together.
  if (new Set(holdings.map(([one]) => one!.fact.holding.awardId)).size < holdings.length) return undefined;
  return kept.sort((a, b) => (goal === 'unmet' ? byOrder(a, b) : byWorth(a, b)));
}

const formOf = (list: readonly Option[]): string => list.map(({ slot, items }) => `${slot.index} ${items[0]}`).join();

/** Once credit is decided: early first, then by id. */
const byOrder = ([a]: readonly Option[], [b]: readonly Option[]): number =>
  byDay(a!.fact.expires, b!.fact.expires) || a!.fact.rank - b!.fact.rank;

const byDay = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

class Matching {
  /** Things (one number for each thing of each slot) that a holding may cover, in the order of its options. */
  private readonly edges: number[][];
  private readonly choices: (readonly Option[])[];
  /** Slots by their place in the component. */
  private readonly slots: readonly number[];
  private readonly slotOf: number[] = [];
  private readonly thingsOf: number[][];
  private readonly need: number[];
  private readonly used: number[];
  private readonly owner: number[];
  private readonly at: number[];
  /** Where a holding stands that covers nothing new. */
  private readonly beside: (number | undefined)[];
  private readonly budget: Budget;
  /** By thing, by slot: the attempt that looked at it last. */
  private readonly seen: number[];
  private readonly seenSlots: number[];
  private attempt = 0;
  private steps = 0;

  constructor({ rules, slots, items }: Component, holdings: readonly (readonly Option[])[], budget: Budget) {
    this.budget = budget;
    this.choices = [...holdings];
    this.slots = slots;
    this.need = slots.map((slot) => rules.slots[slot]!.demand.need);
    this.used = slots.map(() => 0);
    const first = new Map<number, number>();
    this.thingsOf = slots.map((slot, at) => {
      first.set(slot, this.slotOf.length);
      const things: number[] = [];
      for (let item = 0; item < items[slot]!; item++) things.push(this.slotOf.push(at) - 1);
      return things;
    });
    this.edges = holdings.map((list) => list.map(({ slot, items: [item] }) => first.get(slot.index)! + item!));
    this.owner = new Array(this.slotOf.length).fill(-1);
    this.seen = new Array(this.slotOf.length).fill(0);
    this.seenSlots = slots.map(() => 0);
    this.at = new Array(holdings.length).fill(-1);
    this.beside = new Array(holdings.length).fill(undefined);
  }

  isMatched = (holding: number): boolean => this.at[holding]! >= 0;

  /** Adds a holding if there is room for it beside all that were taken before. */
  take(holding: number): boolean {
    this.fresh();
    return this.place(holding);
  }

  private fresh(): void {
    this.budget.left -= this.steps / STEPS;
    this.steps = 0;
    this.attempt++;
  }

  /** Along an augmenting path; changes nothing when there is none. */
  private place(holding: number): boolean {
    for (const thing of this.edges[holding]!) {
      this.steps++;
      if (this.seen[thing] === this.attempt) continue;
      this.seen[thing] = this.attempt;
      const slot = this.slotOf[thing]!;
      const other = this.owner[thing]!;
      if (other >= 0 ? this.place(other) : this.room(slot)) {
        this.owner[thing] = holding;
        this.at[holding] = thing;
        return true;
      }
    }
    return false;
  }

  /** Room in a slot for one more: its need is not reached, or one that it holds can go elsewhere. */
  private room(slot: number): boolean {
    if (this.used[slot]! < this.need[slot]!) {
      this.used[slot]!++;
      return true;
    }
    if (this.seenSlots[slot] === this.attempt) return false;
    this.seenSlots[slot] = this.attempt;
    for (const thing of this.thingsOf[slot]!) {
      const other = this.owner[thing]!;
      this.steps++;
      if (other < 0 || this.seen[thing] === this.attempt) continue;
      // What it stands on now is no other place for it.
      this.seen[thing] = this.attempt;
      if (!this.place(other)) continue;
      this.owner[thing] = -1;
      return true;
    }
    return false;
  }

  private free(holding: number): void {
    const thing = this.at[holding]!;
    this.owner[thing] = -1;
    this.at[holding] = -1;
    this.used[this.slotOf[thing]!]!--;
  }

  /**
   * Level 8: in the order of ids, each into its first slot with which all that is covered stays covered.
   * @returns false when the budget ended first
   */
  settle(placed: readonly number[], holdings: readonly (readonly Option[])[]): boolean {
    const rank = (at: number) => holdings[at]![0]!.fact.rank;
    const loose = new Set(placed.filter((at) => !this.isMatched(at)));
    for (const holding of [...placed].sort((a, b) => rank(a) - rank(b))) {
      const choices = this.edges[holding]!;
      if (this.budget.left <= 0 && choices.length > 1) return false;
      const chosen = choices.find((thing) => this.tryAt(holding, thing, loose))!;
      this.edges[holding] = [chosen];
      this.beside[holding] = chosen;
    }
    return true;
  }

  private tryAt(holding: number, thing: number, loose: Set<number>): boolean {
    const before = this.at[holding]!;
    if (before === thing || before < 0) return true;
    const choices = this.edges[holding]!;
    this.free(holding);
    this.edges[holding] = [thing];
    this.fresh();
    if (this.place(holding)) return true;
    // It may stand there without covering anything, if another covers what it leaves.
    this.fresh();
    for (const other of loose) {
      if (!this.place(other)) continue;
      loose.delete(other);
      loose.add(holding);
      return true;
    }
    this.edges[holding] = choices;
    this.owner[before] = holding;
    this.at[holding] = before;
    this.used[this.slotOf[before]!]!++;
    return false;
  }

  options(placed: readonly number[]): Option[] {
    return placed.map((holding) => {
      const list = this.choices[holding]!;
      const thing = this.at[holding]! >= 0 ? this.at[holding]! : this.beside[holding];
      const slot = thing === undefined ? list[0]!.slot.index : this.slots[this.slotOf[thing]!]!;
      return list.find((option) => option.slot.index === slot)!;
    });
  }
}
