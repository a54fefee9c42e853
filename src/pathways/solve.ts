import { assess, openOfSlot, type Rules, type Score } from './assess.ts';
import type { Mode } from './candidates.ts';
import { cannotAllBeMet } from './certain.ts';
import type { Unit } from './compile.ts';
import { type Component, linearsOf, type Part } from './component.ts';
import { createSplit, type Joint, partsOf } from './components.ts';
import { barsOf, formsOf, holds } from './conditions.ts';
import { creditCover } from './credit-cover.ts';
import { matching } from './matching.ts';
import { type Option, type Wallet, type World, walletOf } from './options.ts';
import { openOfParts, type Plan, planOf } from './plan.ts';
import { type Budget, type Found, type Goal, search } from './search.ts';
import type { Placed } from './tree.ts';

export interface Solution {
  unit: Unit;
  wallet: Wallet;
  rules: Rules;
  score: Score;
  /** Of what is evaluated alone, in the run that it takes. */
  leaves: ReadonlyMap<Placed, Solution>;
  /** No assignment has fewer outstanding. */
  bound: number;
  /** Levels 1 to 3, and all eight (A6). */
  proved: { objective: boolean; tieBreak: boolean };
}

/** Whether the answer to "met?" is proved: by an assignment with nothing open, or by a bound above nothing (B3). */
export const decided = ({ score, bound }: Solution): boolean => score.open === 0 || bound > 0;

export interface SolveOptions {
  systems: readonly string[];
  budget: Budget;
  /** Only how much is outstanding, for what is evaluated alone. */
  openOnly?: boolean;
  /** A child of an anyOf or nOf that has to be among the chosen ones. */
  forced?: Plan;
  /** Everything in one component: the specification and a search, nothing else. For tests. */
  plain?: boolean;
}

/** The best assignment of a unit in one run, by the order of A6. */
export function solve(unit: Unit, world: World, mode: Mode, options: SolveOptions): Solution {
  const wallet = walletOf(unit, world, mode);
  const leaves = solveLeaves(unit, world, mode, options);
  const rules: Rules = {
    parts: partsOf(planOf(unit)),
    slots: unit.slots,
    checks: unit.checks.map((check) => formsOf(check, wallet)),
    bars: barsOf(wallet),
    systems: options.systems,
    fixed: (placed) => leaves.values.get(placed)!,
    ...(options.forced ? { forced: options.forced } : {}),
  };
  const split = createSplit(wallet, rules);
  const lost = new Set<Part>();
  const active = new Set<Joint>(options.plain ? split.joints : []);
  const seen = new Map<string, Found>();
  /** Once for each component, whatever else joins others in the meantime. */
  const once = (component: Component, goal: Goal, start: Found | undefined): Found => {
    const { slots, checks, bars } = component;
    const key = `${goal} ${slots} ${checks} ${bars.map((bar) => rules.bars.indexOf(bar))}`;
    const found = seen.get(key) ?? best(component, goal, start, options);
    seen.set(key, found);
    return found;
  };
  // Then the answer cannot be `met`, and what is left of the order is known at once.
  const unmet = !options.openOnly && !options.plain && cannotAllBeMet(wallet, rules);

  for (;;) {
    const { components, alone } = split.components(active, lost, options.plain === true);
    const certain =
      openOfParts(alone, {
        slot: (index) => openOfSlot(rules.slots[index]!, 0),
        took: () => false,
        check: (index) => (holds(rules.checks[index]!, []) ? 0 : 1),
        fixed: rules.fixed,
        forced: rules.forced,
      }).open + lostOpen(lost);
    const first = components.map((component) => once(component, unmet ? 'unmet' : 'open', undefined));
    const open = first.reduce((sum, one) => sum + one.open, certain);
    const bound = first.reduce((sum, one) => sum + one.bound, certain);
    const goal: Goal = open === 0 ? 'met' : 'unmet';
    const second = options.openOnly ? first : components.map((component, index) => once(component, goal, first[index]));
    const placed = second.flatMap((found) => found.placed);
    const bySlot = Map.groupBy(placed, ({ slot }) => slot.index);
    const bad = split.joints.filter(
      (joint) => !active.has(joint) && !lost.has((joint as { part: Part }).part) && broken(joint, bySlot, rules),
    );
    if (bad.length === 0) {
      const score = assess(placed, rules);
      const objective =
        leaves.proved && first.every((one) => one.bound === one.open) && second.every((one) => one.objective);
      return {
        ...{ unit, wallet, rules, score, leaves: leaves.solutions },
        bound: leaves.proved ? Math.min(bound, score.open) : 0,
        proved: { objective, tieBreak: objective && second.every((one) => one.proved) },
      };
    }
    for (const joint of bad) {
      if (joint.type === 'check' && outOfReach(joint, wallet, rules)) lost.add(joint.part);
      else active.add(joint);
    }
  }
}

/** By the first method that proves itself (B3, 4). @param start the answer to `open` */
function best(component: Component, goal: Goal, start: Found | undefined, options: SolveOptions): Found {
  const { plain, budget } = options;
  const quick = plain ? undefined : (matching(component, goal, budget) ?? creditCover(component, goal, budget));
  // What breaks no tie in a group of credit sums is not broken by a search that knows less of them.
  if (quick?.objective) return quick;
  if (goal === 'open') return search(component, goal, quick?.placed ?? [], budget);
  const known = start ?? best(component, 'open', undefined, options);
  const found = search(component, goal, known.placed, budget);
  return { ...found, bound: Math.max(known.bound, found.bound) };
}

const lostOpen = (lost: ReadonlySet<Part>): number =>
  [...lost].filter(({ plan, advisory }) => !advisory && !plan.advisory).length;

function broken(joint: Joint, bySlot: ReadonlyMap<number, readonly Option[]>, rules: Rules): boolean {
  const counted = joint.slots.flatMap((slot) => bySlot.get(slot) ?? []);
  return joint.type === 'check' ? !holds(rules.checks[joint.check]!, counted) : joint.bar.broken(counted);
}

/** Whether a check cannot hold even with the best of everything held: then it is open for certain, and joins nothing. */
function outOfReach({ check }: Joint & { type: 'check' }, { options }: Wallet, rules: Rules): boolean {
  const flat = options.flat();
  const linears = linearsOf([check], rules.checks, flat);
  return linears.some(({ of, atLeast, exact }) => {
    let at = 0;
    let most = 0;
    for (const list of options) {
      let best = 0;
      for (const _ of list) best = Math.max(best, of[at++]!);
      most += best;
    }
    return exact && most < atLeast;
  });
}

interface Leaves {
  values: Map<Placed, number>;
  solutions: Map<Placed, Solution>;
  proved: boolean;
}

/**
 * What is evaluated alone: the child of a `not`, over everything held and in the other run (A7), and slots that take
 * nothing. Not proved means that the value is the worse one.
 */
function solveLeaves(unit: Unit, world: World, mode: Mode, options: SolveOptions): Leaves {
  const out: Leaves = { values: new Map(), solutions: new Map(), proved: true };
  for (const [placed, leaf] of unit.fixed) {
    const other: Mode = mode === 'sure' ? 'hopeful' : 'sure';
    const { systems, budget, plain = false } = options;
    const solution = solve(leaf.unit, world, leaf.negated ? other : mode, { systems, budget, plain });
    const { score, bound } = solution;
    out.solutions.set(placed, solution);
    if (!leaf.negated) {
      out.values.set(placed, score.open);
      if (bound < score.open) out.proved = false;
    } else {
      out.values.set(placed, bound > 0 ? 0 : 1);
      if (!decided(solution)) out.proved = false;
    }
  }
  return out;
}
