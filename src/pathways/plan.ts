import type { Unit } from './compile.ts';
import type { NOf } from './rule-model.ts';
import type { Placed } from './tree.ts';

interface PlanBase {
  placed: Placed;
  /** What it has open counts to the advisory total (A3). */
  advisory: boolean;
  /** Slots below it. */
  slots: readonly number[];
}

/** The tree of a unit, as far as something in it can be outstanding. */
export type Plan = PlanBase &
  (
    | { type: 'slot'; index: number }
    | { type: 'check'; index: number }
    | { type: 'fixed' }
    | { type: 'all'; children: readonly Plan[] }
    | { type: 'some'; n: number; children: readonly Plan[] }
  );

const plans = new WeakMap<Unit, Plan | undefined>();

/** @returns undefined when nothing in the unit can be outstanding */
export function planOf(unit: Unit): Plan | undefined {
  if (!plans.has(unit)) plans.set(unit, make(unit));
  return plans.get(unit);
}

function make(unit: Unit): Plan | undefined {
  const slotAt = new Map(unit.slots.map((slot) => [slot.placed as Placed, slot.index]));
  const checkAt = new Map(unit.checks.map((check, index) => [check.placed, index]));
  const walk = (placed: Placed): Plan | undefined => {
    const { node } = placed;
    // What is evaluated alone is mandatory there (A4, exitAward).
    const advisory = node.binding === 'Advisory' && (placed !== unit.top || !placed.parent);
    const base = { placed, advisory, slots: [] as number[] };
    const slot = slotAt.get(placed);
    if (slot !== undefined) return { ...base, slots: [slot], type: 'slot', index: slot };
    const check = checkAt.get(placed);
    if (check !== undefined) return { ...base, type: 'check', index: check };
    if (unit.fixed.has(placed)) return { ...base, type: 'fixed' };
    const children = placed.children.flatMap((child) => walk(child) ?? []);
    if (children.length === 0) return undefined;
    const slots = children.flatMap((child) => child.slots);
    if (node.kind === 'allOf') return { ...base, slots, type: 'all', children };
    return { ...base, slots, type: 'some', n: node.kind === 'nOf' ? (node as NOf).n : 1, children };
  };
  return walk(unit.top);
}

/** What is asked about an assignment, or about the best that could become of a part of one. */
export interface View {
  slot(index: number): number;
  check(index: number): number;
  fixed(placed: Placed): number;
  took(slot: number): boolean;
  /** A child of an anyOf or nOf that has to be among the chosen ones. */
  forced?: Plan | undefined;
}

/** Outstanding of the mandatory part, and of the advisory one (A6, levels 1 and 3). */
export interface Open {
  open: number;
  advisory: number;
}

export function openOf(plan: Plan, view: View): Open {
  const here = openHere(plan, view);
  return plan.advisory ? { open: 0, advisory: here.open + here.advisory } : here;
}

/** Parts stand beside one another; `advisory`: below something that is. */
export function openOfParts(parts: readonly { plan: Plan; advisory: boolean }[], view: View): Open {
  const sum = { open: 0, advisory: 0 };
  for (const { plan, advisory } of parts) {
    const here = openOf(plan, view);
    sum.open += advisory ? 0 : here.open;
    sum.advisory += advisory ? here.open + here.advisory : here.advisory;
  }
  return sum;
}

/** Of the node itself, whatever its binding. */
export function openHere(plan: Plan, view: View): Open {
  switch (plan.type) {
    case 'slot':
      return { open: view.slot(plan.index), advisory: 0 };
    case 'check':
      return { open: view.check(plan.index), advisory: 0 };
    case 'fixed':
      return { open: view.fixed(plan.placed), advisory: 0 };
    case 'all': {
      const sum = { open: 0, advisory: 0 };
      for (const child of plan.children) add(sum, openOf(child, view));
      return sum;
    }
    case 'some':
      return openOfSome(plan, view).sum;
    default:
      throw new Error(`no case for ${String(plan satisfies never)}`);
  }
}

/** The children that took something, plus the smallest remaining ones up to n (A6, level 1). */
export function openOfSome(plan: Plan & { type: 'some' }, view: View): { sum: Open; chosen: Plan[] } {
  const sum = { open: 0, advisory: 0 };
  const chosen: Plan[] = [];
  const others: { child: Plan; open: Open }[] = [];
  for (const child of plan.children) {
    const open = openOf(child, view);
    if (child === view.forced || child.slots.some(view.took)) {
      add(sum, open);
      chosen.push(child);
    } else others.push({ child, open });
  }
  if (chosen.length < plan.n) {
    others.sort((a, b) => a.open.open - b.open.open || a.open.advisory - b.open.advisory);
    for (const { child, open } of others.slice(0, plan.n - chosen.length)) {
      add(sum, open);
      chosen.push(child);
    }
  }
  return { sum, chosen };
}

function add(sum: Open, more: Open): void {
  sum.open += more.open;
  sum.advisory += more.advisory;
}
