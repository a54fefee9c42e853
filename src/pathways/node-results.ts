import { formatAmount, type Text } from '#kernel';
import { countOf, openOfSlot, viewOf } from './assess.ts';
import { covers } from './candidates.ts';
import type { Check, Slot } from './compile.ts';
import { contextOf, totalOf } from './conditions.ts';
import { itemsOf } from './finder.ts';
import type { NodeResult, State } from './model.ts';
import type { Option } from './options.ts';
import { openHere, openOfSome, type Plan, planOf, type View } from './plan.ts';
import type { FilterKind, LimitKind, NodeFacts } from './rule-kind.ts';
import type { RuleNode } from './rule-model.ts';
import { kindOf } from './rules/index.ts';
import { itemTitle } from './rules/items.ts';
import type { Solution } from './solve.ts';
import { type Placed, within } from './tree.ts';

/** One run of a unit, ready to be asked about its nodes. */
interface Face {
  solution: Solution;
  view: View;
  plans: ReadonlyMap<Placed, Plan>;
  placed: readonly Option[];
  /** Nodes under an alternative that was not chosen. */
  left: ReadonlySet<Placed>;
  slots: ReadonlyMap<Placed, Slot>;
  checks: ReadonlyMap<Placed, number>;
  bySlot: ReadonlyMap<Placed, readonly Option[]>;
}

function faceOf(solution: Solution): Face {
  const { unit, rules, score } = solution;
  const view = viewOf(score.placed, rules);
  const plans = new Map<Placed, Plan>();
  const left = new Set<Placed>();
  const walk = (plan: Plan): void => {
    plans.set(plan.placed, plan);
    if (!('children' in plan)) return;
    plan.children.forEach(walk);
    if (plan.type !== 'some') return;
    const { chosen } = openOfSome(plan, view);
    for (const child of plan.children) if (!chosen.includes(child)) left.add(child.placed);
  };
  const plan = planOf(unit);
  if (plan) walk(plan);
  return {
    ...{ solution, view, plans, placed: score.placed, left },
    slots: new Map(unit.slots.map((slot) => [slot.placed, slot])),
    checks: new Map(unit.checks.map((check, index) => [check.placed, index])),
    bySlot: Map.groupBy(score.placed, ({ slot }): Placed => slot.placed),
  };
}

const inside = ({ solution }: Face, placed: Placed): Face => faceOf(solution.leaves.get(placed)!);

/** Items that an option covers, as indexes into the node's own list. */
export const coveredBy = (option: Option): readonly number[] =>
  option.slot.demand.counts === 'items'
    ? option.items
    : itemsOf(option.slot).flatMap((item, index) => (covers(item, option) ? [index] : []));

/**
 * Node by node, in the order of the tree. What is shown is of the sure run; a node that only the hopeful one meets is
 * pending (A7).
 */
export function nodeResults(nodes: readonly Placed[], sure: Solution, hopeful: Solution): NodeResult[] {
  const out = new Map<Placed, NodeResult>();
  const visit = (placed: Placed, now: Face, hoped: Face, left: boolean): void => {
    const here = left || now.left.has(placed);
    out.set(placed, resultOf(placed, now, hoped, here));
    const leaf = now.solution.unit.fixed.get(placed);
    // Inside a `not` the two runs are swapped (A7).
    const [first, second] = leaf?.negated ? [hoped, now].map((face) => inside(face, placed)) : [now, hoped];
    for (const child of placed.children) visit(child, first!, second!, here);
  };
  const now = faceOf(sure);
  visit(nodes[0]!, now, hopeful === sure ? now : faceOf(hopeful), false);
  return nodes.map((placed) => out.get(placed)!);
}

function resultOf(placed: Placed, now: Face, hoped: Face, left: boolean): NodeResult {
  const { node } = placed;
  const met = isMet(placed, now);
  const facts = factsOf(placed, now, met);
  const state: State = met ? 'met' : isMet(placed, hoped) ? 'pending' : 'unmet';
  const { id, kind, binding, realism, text } = node;
  const result: NodeResult = { id, kind, binding, realism, text, state, reason: kindOf(node).explain(node, facts) };
  if (left) result.alternative = 'not_taken';
  const slot = slotAt(placed, now);
  if (slot && itemsOf(slot).length > 0) {
    result.served = optionsIn(placed, now)
      .flatMap((option) => coveredBy(option).map((item) => ({ item, holding: option.fact.holding.id })))
      .sort((a, b) => a.item - b.item);
  }
  const isSum = kindOf(node).role === 'check' && node.kind !== 'resultThreshold';
  if ('system' in node && node.system !== undefined && (isSum || slot)) {
    result.credit = { system: node.system, have: formatAmount(facts.have), need: formatAmount(facts.need) };
  }
  if (!met && kindOf(node).role !== 'composite') result.missing = missingOf(node, facts, result);
  if (!met && node.kind === 'not') result.missing = [{ text: result.reason }];
  return result;
}

function missingOf(node: RuleNode, facts: NodeFacts, result: NodeResult): { item?: number; text: Text }[] {
  if (node.kind !== 'requireAll') return [{ text: kindOf(node).explain(node, facts) }];
  const served = new Set(result.served?.map(({ item }) => item));
  return node.items.flatMap((item, index) =>
    served.has(index) ? [] : [{ item: index, text: { en: itemTitle(item), fil: itemTitle(item) } }],
  );
}

/** A slot of this unit, or one that is evaluated alone. */
function slotAt(placed: Placed, { solution, slots }: Face): Slot | undefined {
  return slots.get(placed) ?? solution.unit.fixed.get(placed)?.unit.slots.find((slot) => slot.placed === placed);
}

const optionsIn = (placed: Placed, { solution, bySlot }: Face): readonly Option[] =>
  solution.leaves.get(placed)?.score.placed ?? bySlot.get(placed) ?? [];

const checkAt = (placed: Placed, { solution, checks }: Face): Check | undefined =>
  solution.unit.checks[checks.get(placed) ?? -1];

function isMet(placed: Placed, face: Face): boolean {
  const { view, plans } = face;
  const plan = plans.get(placed);
  if (plan) return openHere(plan, view).open === 0;
  const check = face.checks.get(placed);
  if (check !== undefined) return view.check(check) === 0;
  return advisoryKept(placed, face);
}

/** Filters and limits are kept by all that is counted; advisory ones change nothing and may not be (A3). */
function advisoryKept({ node, parent }: Placed, { placed, solution }: Face): boolean {
  if (node.binding === 'Mandatory' || !parent) return true;
  const below = placed.filter(({ slot }) => within(slot.placed, parent));
  const kind = kindOf(node);
  const context = solution.wallet.world.context[solution.wallet.mode];
  if (kind.role === 'filter') {
    return below.every((option) => !(kind as FilterKind<RuleNode>).refuses(node, option, context));
  }
  return kind.role !== 'limit' || !(kind as LimitKind<RuleNode>).broken(node, below);
}

function factsOf(placed: Placed, face: Face, met: boolean): NodeFacts {
  const { node } = placed;
  const slot = slotAt(placed, face);
  if (slot) {
    const options = optionsIn(placed, face);
    const served = new Set(options.flatMap(coveredBy));
    const open = itemsOf(slot)
      .filter((_, index) => !served.has(index))
      .map(itemTitle);
    const count = countOf(slot, options);
    return { need: slot.demand.need, have: count, met: met && openOfSlot(slot, count) === 0, open };
  }
  const check = checkAt(placed, face);
  if (check) {
    const context = contextOf(check, face.solution.wallet);
    const { scope } = face.solution.rules.checks[face.checks.get(placed)!]!;
    const counted = face.placed.filter(({ slot: { index } }) => scope.has(index));
    const amounts = check.kind.amounts(node, counted, context);
    if (node.kind !== 'creditMin') return { ...amounts, met, open: [] };
    return { ...amounts, have: totalOf(counted, node.system) + context.carried(node.system), met, open: [] };
  }
  const plan = face.plans.get(placed);
  const children = plan && 'children' in plan ? plan.children : [];
  const counted = plan?.type === 'all' ? children.filter((child) => !child.advisory) : children;
  const have = counted.filter((child) => openHere(child, face.view).open === 0).length;
  return { need: plan?.type === 'some' ? plan.n : counted.length, have, met, open: [] };
}
