import type { Rules } from './assess.ts';
import type { Component, Part } from './component.ts';
import type { Bar } from './conditions.ts';
import type { Option, Wallet } from './options.ts';
import type { Plan } from './plan.ts';

/** A limit or check over several parts. It joins them only if it binds: first they are solved without it (B3). */
export type Joint =
  | { type: 'bar'; slots: readonly number[]; bar: Bar }
  | { type: 'check'; slots: readonly number[]; check: number; part: Part };

/** What stands beside one another: everything below allOf nodes that is not an allOf itself. */
export function partsOf(plan: Plan | undefined, advisory = false): Part[] {
  if (!plan) return [];
  if (plan.type !== 'all') return [{ plan, advisory }];
  return plan.children.flatMap((child) => partsOf(child, advisory || plan.advisory));
}

interface Split {
  joints: readonly Joint[];
  /** `alone`: parts that no holding can change; they are in no component. */
  components(
    active: ReadonlySet<Joint>,
    lost: ReadonlySet<Part>,
    whole: boolean,
  ): { components: Component[]; alone: Part[] };
}

export function createSplit(wallet: Wallet, rules: Rules): Split {
  const { unit, options, world } = wallet;
  const base = new Sets(unit.slots.length);
  const checksIn = (plan: Plan): number[] =>
    plan.type === 'check' ? [plan.index] : 'children' in plan ? plan.children.flatMap(checksIn) : [];
  const parts = rules.parts.map((part) => {
    const checks = checksIn(part.plan);
    const slots = [...part.plan.slots, ...checks.flatMap((check) => rules.checks[check]!.check.slots)];
    return { part, checks, slots };
  });
  for (const { part, slots } of parts) if (part.plan.type !== 'check') base.joinAll(slots);
  joinByHoldings(base, options);
  const joints: Joint[] = [
    ...rules.bars.map((bar): Joint => ({ type: 'bar', slots: bar.slots, bar })),
    ...parts.flatMap(({ part, slots }): Joint[] =>
      part.plan.type === 'check' && slots.length > 0 ? [{ type: 'check', slots, check: part.plan.index, part }] : [],
    ),
  ];
  const order = options
    .map((list, fact) => ({ list, fact: world.facts[fact]! }))
    .filter(({ list }) => list.length > 0)
    .sort(({ fact: a }, { fact: b }) => (a.expires < b.expires ? -1 : a.expires > b.expires ? 1 : a.rank - b.rank));

  return {
    joints,
    components(active, lost, whole) {
      const sets = base.copy();
      for (const joint of active) sets.joinAll(joint.slots);
      if (whole) sets.joinAll(unit.slots.map(({ index }) => index));
      const found = new Map<number, Component>();
      const alone: Part[] = [];
      const at = (slot: number): Component => {
        const root = sets.find(slot);
        let here = found.get(root);
        if (!here) {
          here = { rules, parts: [], slots: [], items: wallet.items, holdings: [], bars: [], checks: [] };
          found.set(root, here);
        }
        return here;
      };
      const served = new Set(order.map(({ list }) => sets.find(list[0]!.slot.index)));
      const isServed = (slot: number) => served.has(sets.find(slot));
      for (const { index } of unit.slots) if (isServed(index)) push(at(index).slots, index);
      const isActive = new Set<Part>([...active].flatMap((joint) => (joint.type === 'check' ? [joint.part] : [])));
      for (const { part, checks, slots } of parts) {
        if (slots.length === 0) alone.push(part);
        else if (part.plan.type !== 'check' || (isActive.has(part) && !lost.has(part))) {
          if (!isServed(slots[0]!)) {
            alone.push(part);
            continue;
          }
          push(at(slots[0]!).parts, part);
          for (const check of checks) push(at(slots[0]!).checks, check);
        }
      }
      for (const joint of joints) {
        if (joint.type !== 'bar' || joint.slots.length === 0 || !isServed(joint.slots[0]!)) continue;
        const home = at(joint.slots[0]!);
        if (joint.slots.every((slot) => at(slot) === home)) push(home.bars, joint.bar);
      }
      for (const { list } of order) push(at(list[0]!.slot.index).holdings, list);
      const size = ({ holdings }: Component) => holdings.reduce((sum, list) => sum + list.length, 0);
      // Small ones first: what is hard must not use up what is easy.
      return { components: [...found.values()].sort((a, b) => size(a) - size(b) || a.slots[0]! - b.slots[0]!), alone };
    },
  };
}

const push = <T>(list: readonly T[], one: T): void => void (list as T[]).push(one);

/** One holding in one place only, one achievement and one award once: what may meet is decided together. */
function joinByHoldings(sets: Sets, options: readonly (readonly Option[])[]): void {
  const awards = new Map<string, number>();
  const achievements = new Map<string, number>();
  const meet = (homes: Map<string, number>, key: string, slot: number): void => {
    const home = homes.get(key);
    if (home === undefined) homes.set(key, slot);
    else sets.join(home, slot);
  };
  for (const list of options) {
    for (const { slot, fact, guise } of list) {
      sets.join(list[0]!.slot.index, slot.index);
      const { awardId, achievement } = fact.holding;
      meet(awards, awardId, slot.index);
      if (slot.repeatable) continue;
      meet(achievements, achievement, slot.index);
      for (const one of guise.achievements) if (one !== achievement) meet(achievements, one, slot.index);
    }
  }
}

/** Disjoint sets of slots. */
class Sets {
  private readonly up: number[];

  constructor(size: number | readonly number[]) {
    this.up = typeof size === 'number' ? [...Array(size).keys()] : [...size];
  }

  find(one: number): number {
    let at = one;
    while (this.up[at] !== at) {
      this.up[at] = this.up[this.up[at]!]!;
      at = this.up[at]!;
    }
    return at;
  }

  join(one: number, other: number): void {
    this.up[this.find(other)] = this.find(one);
  }

  joinAll(many: readonly number[]): void {
    for (const one of many) this.join(many[0]!, one);
  }

  copy(): Sets {
    return new Sets(this.up);
  }
}
