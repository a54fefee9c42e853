// Every assignment of holdings to slots, each in one guise or nowhere (A3).
import type { RuleNode, SlotNode } from '../../../src/pathways/rule-model.ts';
import { eligibleGuises } from './filters.ts';
import type { Placed, World } from './guises.ts';
import { allowed } from './limits.ts';
import { type Open, openIfMandatory } from './objective.ts';
import { isSlot, takes, treeOf } from './tree.ts';

/** What may be done with each holding, other than leaving it out. */
export function options(world: World, slots: readonly SlotNode[]): Placed[][] {
  return world.holdings.map((holding) =>
    slots.flatMap((slot) => eligibleGuises(world, slot, holding).map((guise) => ({ slot, guise }))),
  );
}

export const assignments = (lists: readonly (readonly Placed[])[]): number =>
  lists.reduce((product, list) => product * (list.length + 1), 1);

/** Calls `visit` once for every assignment. */
export function enumerate(lists: readonly (readonly Placed[])[], visit: (placed: readonly Placed[]) => void): void {
  const placed: Placed[] = [];
  const step = (index: number): void => {
    const list = lists[index];
    if (list === undefined) {
      visit(placed);
      return;
    }
    step(index + 1);
    for (const option of list) {
      placed.push(option);
      step(index + 1);
      placed.pop();
    }
  };
  step(0);
}

/** The same tree, in which one `consume: false` slot takes: that is how it is asked alone. */
function taking(world: World, id: string): World {
  const replace = (node: RuleNode): RuleNode => {
    if (isSlot(node) && node.id === id) return { ...node, consume: true };
    return 'children' in node ? ({ ...node, children: node.children.map(replace) } as RuleNode) : node;
  };
  return { ...world, tree: treeOf(replace(world.tree.root)), alone: new Map() };
}

/** Least outstanding of a node by itself, with the filters above it and no competition; its own binding is not asked. */
export function least(world: World, node: RuleNode): Open {
  const key = `${node.id} ${world.hopeful}`;
  const known = world.alone.get(key);
  if (known !== undefined) return known;
  const alone = isSlot(node) && !takes(node) ? taking(world, node.id) : world;
  const top = alone.tree.nodes.find((one) => one.id === node.id)!;
  let best: Open | undefined;
  enumerate(options(alone, alone.tree.slots.get(top.id)!), (placed) => {
    if (!allowed(alone, top, placed)) return;
    const open = openIfMandatory(alone, top, placed);
    const difference = best === undefined ? -1 : open.mandatory - best.mandatory || open.advisory - best.advisory;
    if (difference < 0) best = open;
  });
  world.alone.set(key, best!);
  return best!;
}
