// The rule tree: classes of nodes, what is above and what is below (A3).
import type { AllOf, RuleNode, SlotNode } from '../../../src/pathways/rule-model.ts';

export const childrenOf = (node: RuleNode): readonly RuleNode[] => ('children' in node ? node.children : []);

export function isSlot(node: RuleNode): node is SlotNode {
  if (node.kind === 'creditMin') return node.select !== undefined;
  return node.kind === 'requireAll' || node.kind === 'chooseN' || node.kind === 'capstone';
}

/** A slot that takes holdings. */
export const takes = (slot: SlotNode): boolean => slot.consume !== false;

export const isComposite = (node: RuleNode): boolean =>
  node.kind === 'allOf' || node.kind === 'anyOf' || node.kind === 'nOf' || node.kind === 'not';

export function isCheck(node: RuleNode): boolean {
  switch (node.kind) {
    case 'creditMin':
      return node.select === undefined;
    case 'resultThreshold':
      return node.mode === 'average';
    case 'shareMin':
    case 'shareMax':
    case 'residencyMin':
    case 'levelShare':
    case 'categoryMin':
    case 'perPeriodMin':
      return true;
    default:
      return false;
  }
}

export interface Tree {
  root: RuleNode;
  /** Pre-order. */
  nodes: readonly RuleNode[];
  order: ReadonlyMap<string, number>;
  /** Ancestors, nearest first, up to the root or up to (not including) the nearest `not`. */
  above: ReadonlyMap<string, readonly RuleNode[]>;
  /** All ancestors, nearest first, through every `not`. */
  allAbove: ReadonlyMap<string, readonly RuleNode[]>;
  /** Slots below or at a node that take holdings; nothing inside a `not`. */
  slots: ReadonlyMap<string, readonly SlotNode[]>;
  slotIds: ReadonlyMap<string, ReadonlySet<string>>;
}

export function treeOf(root: RuleNode): Tree {
  const nodes: RuleNode[] = [];
  const above = new Map<string, readonly RuleNode[]>();
  const allAbove = new Map<string, readonly RuleNode[]>();
  const slots = new Map<string, readonly SlotNode[]>();
  const visit = (node: RuleNode, near: readonly RuleNode[], all: readonly RuleNode[]): SlotNode[] => {
    nodes.push(node);
    above.set(node.id, near);
    allAbove.set(node.id, all);
    const found: SlotNode[] = isSlot(node) && takes(node) ? [node] : [];
    for (const child of childrenOf(node)) {
      const below = visit(child, node.kind === 'not' ? [] : [node, ...near], [node, ...all]);
      if (node.kind !== 'not') found.push(...below);
    }
    slots.set(node.id, found);
    return found;
  };
  visit(root, [], []);
  return {
    root,
    nodes,
    above,
    allAbove,
    slots,
    order: new Map(nodes.map((node, index) => [node.id, index])),
    slotIds: new Map([...slots].map(([id, list]) => [id, new Set(list.map((slot) => slot.id))])),
  };
}

/** Nearest enclosing allOf; none beyond a `not`. */
export const scopeOf = (tree: Tree, node: RuleNode): AllOf | undefined =>
  tree.above.get(node.id)!.find((ancestor): ancestor is AllOf => ancestor.kind === 'allOf');

/** Nodes at or below `top`, without what is inside a `not`. */
export function openNodes(top: RuleNode): RuleNode[] {
  if (top.kind === 'not') return [top];
  return [top, ...childrenOf(top).flatMap(openNodes)];
}

/** Direct children of the allOfs above, as far as filters reach: not past a `not`. */
export const besideAbove = (tree: Tree, node: RuleNode): RuleNode[] =>
  tree.above.get(node.id)!.flatMap((ancestor) => (ancestor.kind === 'allOf' ? ancestor.children : []));

/** Credit systems in the order in which the tree names them. */
export function systemsOf(tree: Tree): string[] {
  const names = tree.nodes.flatMap((node) => ('system' in node && node.system !== undefined ? [node.system] : []));
  return [...new Set(names)];
}
