// Outstanding of every node and the total order of assignments (A6).
import type { RuleNode, SlotNode } from '../../../src/pathways/rule-model.ts';
import { amount, byCodePoint } from './amounts.ts';
import { checkMet, total } from './checks.ts';
import { least } from './enumerate.ts';
import { covers, type Placed, type World } from './guises.ts';
import { chosen, counted, creditOf } from './limits.ts';
import { childrenOf, isCheck, isComposite, isSlot, takes } from './tree.ts';

/** Outstanding of what binds, and of what only advises. */
export interface Open {
  mandatory: number;
  advisory: number;
}

export const addUp = (list: readonly Open[]): Open => ({
  mandatory: list.reduce((sum, one) => sum + one.mandatory, 0),
  advisory: list.reduce((sum, one) => sum + one.advisory, 0),
});

function slotOpen(slot: SlotNode, here: readonly Placed[]): number {
  switch (slot.kind) {
    case 'requireAll': {
      const covered = new Set(here.flatMap((one) => covers(slot.items, one.guise)));
      return slot.items.length - covered.size;
    }
    case 'chooseN':
      return Math.max(0, slot.min - chosen(slot, here));
    case 'creditMin':
      return creditOf(here, slot.system) >= amount(slot.min) ? 0 : 1;
    case 'capstone':
      return here.length === 1 ? 0 : 1;
  }
}

/** At least n children, and every child that took something. */
function someOpen(world: World, node: RuleNode, n: number, placed: readonly Placed[]): Open {
  const children = childrenOf(node).map((child) => ({
    took: counted(world, child, placed).length > 0,
    open: openOf(world, child, placed),
  }));
  const taken = children.filter((child) => child.took).map((child) => child.open);
  const rest = children
    .filter((child) => !child.took)
    .map((child) => child.open)
    .sort((a, b) => a.mandatory - b.mandatory || a.advisory - b.advisory);
  return addUp([...taken, ...rest.slice(0, Math.max(0, n - taken.length))]);
}

/** As if the node were mandatory. */
export function openIfMandatory(world: World, node: RuleNode, placed: readonly Placed[]): Open {
  if (isSlot(node)) {
    if (!takes(node)) return least(world, node);
    return { mandatory: slotOpen(node, counted(world, node, placed)), advisory: 0 };
  }
  if (isCheck(node)) return { mandatory: checkMet(world, node, placed) ? 0 : 1, advisory: 0 };
  switch (node.kind) {
    case 'allOf':
      return addUp(node.children.map((child) => openOf(world, child, placed)));
    case 'anyOf':
      return someOpen(world, node, 1, placed);
    case 'nOf':
      return someOpen(world, node, node.n, placed);
    case 'not': {
      // Closed: the child alone, over the other run.
      const child = least({ ...world, hopeful: !world.hopeful }, node.children[0]!);
      return { mandatory: child.mandatory === 0 ? 1 : 0, advisory: 0 };
    }
    default:
      return { mandatory: 0, advisory: 0 };
  }
}

export function openOf(world: World, node: RuleNode, placed: readonly Placed[]): Open {
  const open = openIfMandatory(world, node, placed);
  const counts = isSlot(node) || isCheck(node) || isComposite(node);
  if (!counts || node.binding === 'Mandatory') return open;
  return { mandatory: 0, advisory: open.mandatory + open.advisory };
}

export interface Score {
  open: Open;
  credit: readonly bigint[];
  expiries: readonly string[];
  ids: readonly string[];
  /** By id: the slot's place in pre-order, and the decision ('' is own). */
  where: readonly { slot: number; guise: string }[];
}

export function scoreOf(world: World, placed: readonly Placed[]): Score {
  const { root } = world.tree;
  const sorted = [...placed].sort((a, b) => byCodePoint(a.guise.holding.id, b.guise.holding.id));
  return {
    open: openOf(world, root, placed),
    credit: world.systems.map((system) => total(world, root, placed, system)),
    // Later than every day: no expiry comes last.
    expiries: sorted.map((one) => one.guise.holding.expires ?? '9999-99-99').sort(),
    ids: sorted.map((one) => one.guise.holding.id),
    where: sorted.map((one) => ({
      slot: world.tree.order.get(one.slot.id)!,
      guise: one.guise.decision?.id ?? '',
    })),
  };
}

function listwise<T>(a: readonly T[], b: readonly T[], compare: (x: T, y: T) => number): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = compare(a[i]!, b[i]!);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const ofAmounts = (x: bigint, y: bigint): number => (x < y ? -1 : x > y ? 1 : 0);

/** Negative when a is better. */
export function compare(a: Score, b: Score): number {
  return (
    a.open.mandatory - b.open.mandatory ||
    (a.open.mandatory > 0 ? listwise(b.credit, a.credit, ofAmounts) : 0) ||
    a.open.advisory - b.open.advisory ||
    a.ids.length - b.ids.length ||
    listwise(a.expiries, b.expiries, byCodePoint) ||
    listwise(a.credit, b.credit, ofAmounts) ||
    listwise(a.ids, b.ids, byCodePoint) ||
    listwise(a.where, b.where, (x, y) => x.slot - y.slot || byCodePoint(x.guise, y.guise))
  );
}
