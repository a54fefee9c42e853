import { openOfSlot } from './assess.ts';
import { type Component, type Linear, linearsOf } from './component.ts';
import { holds, totalOf } from './conditions.ts';
import type { Option } from './options.ts';
import { type Open, openOfParts, type View } from './plan.ts';

/** A sum beyond 2^53 is only compared with this much room, relative to its size. */
const ROOM = 1e-9;

/** What is known of a slot while placing. */
interface SlotState {
  slot: Option['slot'];
  covered: Int32Array;
  /** Last depth at which something can still cover the item. */
  lastChance: Int32Array;
  /** Distinct items covered, or the sum of credit. */
  count: number;
  placed: number;
  /** Credit that could still come, by depth. */
  toCome: Float64Array;
}

/** An assignment in the making: everything that bounds and limits ask, kept up to date step by step. */
export class SearchState {
  readonly size: number;
  /** Steps of the budget that one node costs: larger components, dearer nodes. */
  readonly weight: number;
  readonly flat: Option[];
  depth = 0;
  private readonly chosen: Option[] = [];
  private readonly totals: Map<string, number>;
  private readonly cuts: boolean;
  readonly slots = new Map<number, SlotState>();
  readonly linears: Linear[];
  readonly sums: Float64Array;
  /** Best that each linear condition can still gain, by depth. */
  readonly gains: Float64Array[];
  readonly firstOf: number[] = [];
  private readonly depthOf: number[] = [];
  private readonly keys: (readonly string[])[];
  private readonly used = new Set<string>();
  private readonly barsAt: number[][];
  private readonly inBar: Option[][];
  readonly component: Component;

  constructor(component: Component) {
    this.component = component;
    const { holdings, rules, items, checks } = component;
    this.size = holdings.length;
    this.flat = holdings.flat();
    holdings.forEach((list, depth) => {
      this.firstOf.push(this.depthOf.length);
      for (const _ of list) this.depthOf.push(depth);
    });
    this.firstOf.push(this.flat.length);
    this.keys = this.flat.map(({ fact, guise, slot }) => {
      const award = `award ${fact.holding.awardId}`;
      return slot.repeatable ? [award] : [...new Set([award, fact.holding.achievement, ...guise.achievements])];
    });
    for (const index of component.slots) {
      this.slots.set(index, {
        slot: rules.slots[index]!,
        covered: new Int32Array(items[index]!),
        lastChance: new Int32Array(items[index]!).fill(-1),
        ...{ count: 0, placed: 0, toCome: new Float64Array(0) },
      });
    }
    this.flat.forEach((option, at) => {
      const { lastChance } = this.slots.get(option.slot.index)!;
      for (const item of option.items) lastChance[item] = Math.max(lastChance[item]!, this.depthOf[at]!);
    });
    for (const [index, state] of this.slots) {
      const { counts, system } = state.slot.demand;
      if (counts !== 'credit') continue;
      state.toCome = this.suffix((at) => {
        const option = this.flat[at]!;
        return option.slot.index === index ? option.guise.credit.get(system!)! : 0;
      });
    }
    this.linears = linearsOf(checks, rules.checks, this.flat);
    this.totals = new Map(rules.systems.map((system) => [system, 0]));
    this.cuts = this.flat.some(({ slot }) => slot.demand.truncate !== undefined);
    this.sums = new Float64Array(this.linears.length);
    this.gains = this.linears.map(({ of }) => this.suffix((at) => of[at]!));
    this.barsAt = this.flat.map(({ slot }) =>
      component.bars.flatMap((bar, index) => (bar.slots.includes(slot.index) ? [index] : [])),
    );
    this.inBar = component.bars.map(() => []);
    const things = component.slots.reduce((sum, index) => sum + 1 + items[index]!, this.linears.length);
    this.weight = 1 + Math.floor((things + component.bars.length * this.size) / 32);
  }

  /** Sum of the best of each holding from a depth on; of holdings of one achievement only the best counts. */
  suffix(value: (at: number) => number): Float64Array {
    const out = new Float64Array(this.size + 1);
    const groups = new Map<string, number>();
    for (let depth = this.size - 1; depth >= 0; depth--) {
      let best = 0;
      let again = false;
      for (let at = this.firstOf[depth]!; at < this.firstOf[depth + 1]!; at++) {
        best = Math.max(best, value(at));
        again ||= this.flat[at]!.slot.repeatable;
      }
      const { awardId, achievement } = this.flat[this.firstOf[depth]!]!.fact.holding;
      const group = again ? `award ${awardId}` : achievement;
      const known = groups.get(group) ?? 0;
      groups.set(group, Math.max(known, best));
      out[depth] = out[depth + 1]! + Math.max(0, best - known);
    }
    return out;
  }

  /** In canonical order, because that is the order in which holdings are decided. */
  placed(): readonly Option[] {
    return this.chosen;
  }

  *optionsAt(depth: number): Generator<number> {
    for (let at = this.firstOf[depth]!; at < this.firstOf[depth + 1]!; at++) yield at;
  }

  fits(at: number): boolean {
    if (this.keys[at]!.some((key) => this.used.has(key))) return false;
    const option = this.flat[at]!;
    const state = this.slots.get(option.slot.index)!;
    const { limit } = option.slot.demand;
    if (limit !== undefined && state.count + this.adds(option, state) > limit) return false;
    return this.barsAt[at]!.every((index) => {
      const [bar, counted] = [this.component.bars[index]!, this.inBar[index]!];
      return !(bar.brokenBy?.(option, counted) ?? bar.broken([...counted, option]));
    });
  }

  private adds(option: Option, { covered, slot }: SlotState): number {
    if (slot.demand.counts === 'credit') return option.guise.credit.get(slot.demand.system!)!;
    let fresh = 0;
    for (const item of option.items) if (covered[item] === 0) fresh++;
    return fresh;
  }

  /** Whether it brings something nearer that is still open. */
  helps(at: number): boolean {
    const option = this.flat[at]!;
    const state = this.slots.get(option.slot.index)!;
    if (openOfSlot(state.slot, state.count) > 0 && this.adds(option, state) > 0) return true;
    return this.linears.some(({ of, atLeast }, index) => of[at]! > 0 && this.sums[index]! < atLeast);
  }

  place(at: number): void {
    const option = this.flat[at]!;
    const state = this.slots.get(option.slot.index)!;
    state.count += this.adds(option, state);
    state.placed++;
    for (const item of option.items) state.covered[item]!++;
    for (const key of this.keys[at]!) this.used.add(key);
    for (const [index, { of }] of this.linears.entries()) this.sums[index]! += of[at]!;
    for (const bar of this.barsAt[at]!) this.inBar[bar]!.push(option);
    for (const system of this.totals.keys()) this.count(system, option, 1);
    this.chosen.push(option);
    this.depth++;
  }

  unplace(at: number): void {
    const option = this.flat[at]!;
    const state = this.slots.get(option.slot.index)!;
    for (const item of option.items) state.covered[item]!--;
    state.count -= this.adds(option, state);
    state.placed--;
    for (const key of this.keys[at]!) this.used.delete(key);
    for (const [index, { of }] of this.linears.entries()) this.sums[index]! -= of[at]!;
    for (const bar of this.barsAt[at]!) this.inBar[bar]!.pop();
    for (const system of this.totals.keys()) this.count(system, option, -1);
    this.chosen.pop();
    this.depth--;
  }

  private count(system: string, { guise }: Option, sign: 1 | -1): void {
    const credit = guise.credit.get(system);
    if (credit !== undefined) this.totals.set(system, this.totals.get(system)! + sign * credit);
  }

  skip(): void {
    this.depth++;
  }

  unskip(): void {
    this.depth--;
  }

  total(system: string): number {
    return this.cuts ? totalOf(this.chosen, system) : this.totals.get(system)!;
  }

  /** What is open if nothing more is placed. */
  now(): Open {
    return this.measure({
      slot: (index) => openOfSlot(this.slots.get(index)!.slot, this.slots.get(index)!.count),
      check: (index) => (this.holds(index) ? 0 : 1),
    });
  }

  private holds(check: number): boolean {
    if (this.linears.some((one) => one.check === check && !one.exact)) {
      return holds(this.component.rules.checks[check]!, this.chosen);
    }
    return this.linears.every((one, index) => one.check !== check || this.sums[index]! >= one.atLeast);
  }

  /** No completion has less open: each slot and check by itself gets all that could still come. */
  bestOpen(): Open {
    return this.measure({
      slot: (index) => this.bestOfSlot(this.slots.get(index)!),
      check: (index) => (this.linears.every((one, i) => one.check !== index || this.reachable(one, i)) ? 0 : 1),
    });
  }

  private measure(view: Pick<View, 'slot' | 'check'>): Open {
    const { rules, parts } = this.component;
    return openOfParts(parts, {
      ...view,
      fixed: rules.fixed,
      forced: rules.forced,
      took: (index) => this.slots.get(index)!.placed > 0,
    });
  }

  private bestOfSlot(state: SlotState): number {
    const { slot, covered, lastChance, count, toCome } = state;
    if (slot.demand.counts === 'credit') return openOfSlot(slot, count + toCome[this.depth]!);
    if (openOfSlot(slot, count) === 0) return 0;
    let most = count;
    for (let item = 0; item < covered.length; item++) {
      if (covered[item] === 0 && lastChance[item]! >= this.depth) most++;
    }
    return openOfSlot(slot, Math.min(most, slot.demand.limit ?? most));
  }

  private reachable({ atLeast, exact }: Linear, index: number): boolean {
    const most = this.sums[index]! + this.gains[index]![this.depth]!;
    return most >= atLeast - (exact ? 0 : ROOM * (Math.abs(atLeast) + Math.abs(most)));
  }
}
