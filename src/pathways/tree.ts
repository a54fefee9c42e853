import type { AllOf, AnyOf, NOf, Not, RuleNode, SlotNode } from './rule-model.ts';
import { kindOf } from './rules/index.ts';

export type Composite = AllOf | AnyOf | NOf | Not;

/** A node in its place. */
export interface Placed<N extends RuleNode = RuleNode> {
  node: N;
  /** JSON Pointer within the rule tree. */
  pointer: string;
  /** Pre-order number. */
  order: number;
  parent?: Placed<Composite>;
  children: Placed[];
  depth: number;
}

export const isComposite = (node: RuleNode): node is Composite => kindOf(node).role === 'composite';

/** All nodes, parents before children, in the order of the tree. */
export function flatten(root: RuleNode): Placed[] {
  const out: Placed[] = [];
  const walk = (node: RuleNode, pointer: string, parent: Placed<Composite> | undefined): void => {
    const placed: Placed = {
      node,
      pointer,
      order: out.length,
      ...(parent ? { parent } : {}),
      children: [],
      depth: (parent?.depth ?? 0) + 1,
    };
    parent?.children.push(placed);
    out.push(placed);
    if (!isComposite(node)) return;
    node.children.forEach((child, index) => {
      walk(child, `${pointer}/children/${index}`, placed as Placed<Composite>);
    });
  };
  walk(root, '', undefined);
  return out;
}

/** Whether `inner` stands below `outer` (or is it). */
export function within(inner: Placed, outer: Placed): boolean {
  for (let at: Placed | undefined = inner; at; at = at.parent) if (at === outer) return true;
  return false;
}

/** From the parent upwards, as far as `top` (which may be the node itself: then none). */
export function ancestors(placed: Placed, top?: Placed): Placed<Composite>[] {
  const out: Placed<Composite>[] = [];
  for (let at = placed; at !== top && at.parent; at = at.parent) out.push(at.parent);
  return out;
}

/** Nearest enclosing allOf; the scope of checks and of a capstone's order (A3). */
export const scopeOf = (placed: Placed, top?: Placed): Placed | undefined =>
  ancestors(placed, top).find(({ node }) => node.kind === 'allOf');

/** The nearest allOf, not further than a `not`: what stands in it is evaluated alone (A3). */
export function scopeWithin(placed: Placed): Placed | undefined {
  for (const above of ancestors(placed)) {
    if (above.node.kind === 'not') return undefined;
    if (above.node.kind === 'allOf') return above;
  }
  return undefined;
}

/** Slots whose takings count in a scope. */
export const slotsIn = (scope: Placed, nodes: readonly Placed[]): Placed<SlotNode>[] =>
  nodes.filter(
    (placed): placed is Placed<SlotNode> =>
      kindOf(placed.node).role === 'slot' &&
      (placed.node as SlotNode).consume !== false &&
      within(placed, scope) &&
      !ancestors(placed, scope).some(({ node }) => node.kind === 'not'),
  );
