import type { AllOf, AnyOf, CreditMin, RuleNode, SlotNode } from './model.ts';
import { kindOf } from './rules/index.ts';

/** A node in its place. */
export interface Placed<N extends RuleNode = RuleNode> {
  node: N;
  /** JSON Pointer within the rule tree. */
  pointer: string;
  parent?: Placed<AllOf | AnyOf>;
  /** Nearest enclosing `allOf`; itself for an `allOf` that is the root. */
  scope?: Placed<AllOf>;
  /** Neither it nor anything above it is advisory. */
  mandatory: boolean;
  depth: number;
}

export const isComposite = (node: RuleNode): node is AllOf | AnyOf => node.kind === 'allOf' || node.kind === 'anyOf';
export const isSlot = (node: RuleNode): node is SlotNode => kindOf(node).role === 'slot';
export const isCheck = (node: RuleNode): node is CreditMin => kindOf(node).role === 'check';

/** All nodes, parents before children, in the order of the tree. */
export function flatten(root: RuleNode): Placed[] {
  const out: Placed[] = [];
  const walk = (node: RuleNode, pointer: string, parent: Placed<AllOf | AnyOf> | undefined): void => {
    const above = parent?.node.kind === 'allOf' ? (parent as Placed<AllOf>) : parent?.scope;
    const placed: Placed = {
      node,
      pointer,
      ...(parent ? { parent } : {}),
      ...(above ? { scope: above } : {}),
      mandatory: node.binding === 'Mandatory' && (parent?.mandatory ?? true),
      depth: (parent?.depth ?? 0) + 1,
    };
    out.push(placed);
    if (!isComposite(node)) return;
    const here = placed as Placed<AllOf | AnyOf>;
    node.children.forEach((child, index) => {
      walk(child, `${pointer}/children/${index}`, here);
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

/** In how many ways one child can be taken of every `anyOf`; stops counting at `limit`. */
export function countAlternatives(node: RuleNode, limit: number): number {
  if (!isComposite(node)) return 1;
  let count = node.kind === 'allOf' ? 1 : 0;
  for (const child of node.children) {
    const below = countAlternatives(child, limit);
    count = node.kind === 'allOf' ? count * below : count + below;
    if (count >= limit) return limit;
  }
  return count;
}

/** Every way to take one child of every `anyOf`: the sets of node ids that are then in force. */
export function alternatives(node: RuleNode): Set<string>[] {
  if (!isComposite(node)) return [new Set([node.id])];
  let sets: Set<string>[] = node.kind === 'allOf' ? [new Set([node.id])] : [];
  for (const child of node.children) {
    const below = alternatives(child);
    sets =
      node.kind === 'allOf'
        ? sets.flatMap((set) => below.map((more) => new Set([...set, ...more])))
        : [...sets, ...below.map((more) => new Set([node.id, ...more]))];
  }
  return sets;
}
