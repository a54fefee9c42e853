// Which sets may be taken: not twice (A3), slot maxima, decision caps and limits on counted sets (A4).
import type { NoOverlap, RuleNode, SlotNode } from '../../../src/pathways/rule-model.ts';
import { amount, sum } from './amounts.ts';
import { minus } from './dates.ts';
import { covers, type Placed, selected, type World } from './guises.ts';
import { openNodes, scopeOf } from './tree.ts';

/** C(N): what is placed in slots below N. */
export function counted(world: World, node: RuleNode, placed: readonly Placed[]): Placed[] {
  const below = world.tree.slotIds.get(node.id)!;
  return placed.filter((one) => below.has(one.slot.id));
}

export const creditOf = (placed: readonly Placed[], system: string): bigint =>
  sum(placed.map((one) => one.guise.credit.get(system) ?? 0n));

/** k of a chooseN. */
export function chosen(slot: SlotNode & { kind: 'chooseN' }, placed: readonly Placed[]): number {
  if (slot.repeatable) return placed.length;
  const { items } = slot;
  if (items !== undefined) return new Set(placed.flatMap((one) => covers(items, one.guise))).size;
  return new Set(
    placed.flatMap(({ guise }) => (guise.achievements.length > 0 ? guise.achievements : [guise.holding.achievement])),
  ).size;
}

/** Both what it is and what it stands for. */
const standsFor = ({ guise }: Placed): string[] => [guise.holding.achievement, ...guise.achievements];

function twice(placed: readonly Placed[]): boolean {
  return placed.some((one, index) =>
    placed.slice(index + 1).some((other) => {
      if (one.guise.holding.awardId === other.guise.holding.awardId) return true;
      if (one.slot.repeatable || other.slot.repeatable) return false;
      return standsFor(one).some((achievement) => standsFor(other).includes(achievement));
    }),
  );
}

function overlaps(mode: NoOverlap['mode'], placed: readonly Placed[]): boolean {
  const sets = placed.map((one) => one.guise.holding.competencies);
  return sets.some((one, index) =>
    sets.some((other, at) => {
      if (index === at || one.length === 0 || other.length === 0) return false;
      return mode === 'any' ? one.some((code) => other.includes(code)) : one.every((code) => other.includes(code));
    }),
  );
}

function spanBroken(period: string, placed: readonly Placed[]): boolean {
  if (placed.length === 0) return false;
  const days = placed.map((one) => one.guise.holding.awarded).sort();
  return !(minus(days.at(-1)!, period) < days[0]!);
}

/** Limits that a slot has of its own. */
function slotBroken(world: World, slot: SlotNode, placed: readonly Placed[]): boolean {
  const here = counted(world, slot, placed);
  if (here.length === 0) return false;
  switch (slot.kind) {
    case 'chooseN':
      return slot.max !== undefined && chosen(slot, here) > slot.max;
    case 'creditMin':
      return slot.max !== undefined && slot.excess !== 'truncate' && creditOf(here, slot.system) > amount(slot.max);
    case 'capstone': {
      if (here.length > 1) return true;
      const scope = scopeOf(world.tree, slot);
      const others = scope === undefined ? [] : counted(world, scope, placed);
      return others.some((one) => one.guise.holding.awarded > here[0]!.guise.holding.awarded);
    }
    default:
      return false;
  }
}

function limitBroken(world: World, node: RuleNode, placed: readonly Placed[]): boolean {
  if (node.kind !== 'creditMax' && node.kind !== 'noOverlap' && node.kind !== 'earnedWithin') return false;
  if (node.binding === 'Advisory') return false;
  const here = counted(world, scopeOf(world.tree, node)!, placed);
  switch (node.kind) {
    case 'creditMax': {
      const { select } = node;
      const meant = select === undefined ? here : here.filter((one) => selected(select, one.guise));
      return creditOf(meant, node.system) > amount(node.max);
    }
    case 'noOverlap':
      return overlaps(node.mode, here);
    default:
      return node.mode === 'span' && spanBroken(node.period, here);
  }
}

function capBroken(placed: readonly Placed[]): boolean {
  return placed.some(({ guise: { decision } }) => {
    if (decision?.cap === undefined) return false;
    const count = placed.filter((one) => one.guise.decision?.id === decision.id).length;
    return BigInt(count) * amount(decision.credit.value) > amount(decision.cap);
  });
}

/** No limit at or below `top` is broken by this assignment of the slots below it. */
export function allowed(world: World, top: RuleNode, placed: readonly Placed[]): boolean {
  if (twice(placed) || capBroken(placed)) return false;
  if (world.tree.slots.get(top.id)!.some((slot) => slotBroken(world, slot, placed))) return false;
  return !openNodes(top).some((node) => limitBroken(world, node, placed));
}
