import { parseAmount } from '#kernel';
import { type Finder, refusals } from './match.ts';
import type { CreditMin, Holding, RuleNode, SlotNode } from './model.ts';
import { flatten, isCheck, isSlot, type Placed, within } from './tree.ts';

/** One item of one slot, with the holdings that may serve it. */
export interface ItemPlace {
  slot: Slot;
  index: number;
  eligible: Holding[];
}

export interface Slot {
  id: string;
  node: SlotNode;
  mandatory: boolean;
  /** Day on which what it takes must be current; undefined when no rule says so. */
  currentOn?: string;
  /** Items that have to be served, and how many may be. */
  min: number;
  max: number;
  items: ItemPlace[];
}

export interface CreditCheck {
  id: string;
  system: string;
  need: number;
  mandatory: boolean;
  slots: ReadonlySet<string>;
}

/** What has to be decided for one choice of alternatives. */
export interface Problem {
  slots: Slot[];
  checks: CreditCheck[];
}

/** @param find finds in order of preference; @param inForce ids of the nodes of this choice of alternatives */
export function problemOf(root: RuleNode, inForce: ReadonlySet<string>, find: Finder, date: string): Problem {
  const nodes = flatten(root).filter((placed) => inForce.has(placed.node.id));
  const filters = nodes.filter((placed) => placed.node.kind === 'currentAt');
  const slots = nodes
    .filter((placed): placed is Placed<SlotNode> => isSlot(placed.node))
    .map((placed) => slotOf(placed, filters.some(covers(placed)) ? date : undefined, find));
  const checks = nodes
    .filter((placed): placed is Placed<CreditMin> => isCheck(placed.node))
    .map((placed) => checkOf(placed, nodes));
  return { slots, checks };
}

/** A filter acts on every slot below the `allOf` it stands in. */
const covers = (slot: Placed) => (filter: Placed) => filter.parent !== undefined && within(slot, filter.parent);

function slotOf(placed: Placed<SlotNode>, currentOn: string | undefined, find: Finder): Slot {
  const { node, mandatory } = placed;
  const all = node.kind === 'requireAll';
  const slot: Slot = {
    id: node.id,
    node,
    mandatory,
    ...(currentOn === undefined ? {} : { currentOn }),
    min: all ? node.items.length : node.min,
    max: all ? node.items.length : (node.max ?? node.min),
    items: [],
  };
  slot.items = node.items.map((item, index) => ({
    slot,
    index,
    eligible: find(item).filter((one) => refusals(item, one, currentOn).length === 0),
  }));
  return slot;
}

function checkOf({ node, mandatory, scope }: Placed<CreditMin>, nodes: readonly Placed[]): CreditCheck {
  const below = nodes.filter((other) => isSlot(other.node) && scope !== undefined && within(other, scope));
  const ids = below.map((other) => other.node.id).filter((id) => !node.group || node.group.includes(id));
  return { id: node.id, system: node.system, need: parseAmount(node.min), mandatory, slots: new Set(ids) };
}
