import type { Text } from '#kernel';
import type { RuleKind } from './rule-kind.ts';
import type { RuleNode } from './rule-model.ts';
import { kindOf } from './rules/index.ts';

/** What a node does in the tree (A3). @throws Error for an unknown kind */
export const roleOf = (node: RuleNode): RuleKind['role'] => kindOf(node).role;

/** What its kind is called. @throws Error for an unknown kind */
export const kindTitle = (node: RuleNode): Text => kindOf(node).title;
