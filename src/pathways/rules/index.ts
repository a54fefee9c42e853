import type { RuleNode } from '../model.ts';
import { allOf } from './all-of.ts';
import { anyOf } from './any-of.ts';
import { chooseN } from './choose-n.ts';
import { creditMin } from './credit-min.ts';
import { currentAt } from './current-at.ts';
import { requireAll } from './require-all.ts';
import type { RuleKind } from './rule.ts';

/** Every kind there is. A new kind is a file and a line here. */
export const RULES: { readonly [K in RuleNode['kind']]: RuleKind<Extract<RuleNode, { kind: K }>> } = {
  allOf,
  anyOf,
  requireAll,
  chooseN,
  creditMin,
  currentAt,
};

/** The kind of a node. @throws Error for an unknown one: it must not be skipped */
export function kindOf(node: RuleNode): RuleKind {
  const kind = Object.hasOwn(RULES, node.kind) ? RULES[node.kind] : undefined;
  if (!kind) throw new Error(`no rule kind ${String(node.kind)}`);
  return kind as unknown as RuleKind;
}
