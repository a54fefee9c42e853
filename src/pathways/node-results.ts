import { formatAmount, parseAmount, type Text } from '#kernel';
import type { NodeResult, RuleNode, State } from './model.ts';
import { kindOf } from './rules/index.ts';
import { itemTitle } from './rules/items.ts';
import type { NodeFacts } from './rules/rule.ts';
import { type Solution, sumOf } from './solve.ts';
import { flatten, isComposite } from './tree.ts';

/** The facts of every node in one solution, and whether it is met. */
interface Found {
  facts: NodeFacts;
  met: boolean;
}

function factsOf(root: RuleNode, solution: Solution): Map<string, Found> {
  const found = new Map<string, Found>();
  const visit = (node: RuleNode): Found => {
    if (isComposite(node)) node.children.forEach(visit);
    const facts = factsOfNode(node, solution, found);
    const here = { facts, met: solution.inForce.has(node.id) && kindOf(node).met(node, facts) };
    found.set(node.id, here);
    return here;
  };
  visit(root);
  return found;
}

function factsOfNode(node: RuleNode, solution: Solution, found: ReadonlyMap<string, Found>): NodeFacts {
  switch (node.kind) {
    case 'allOf':
    case 'anyOf': {
      const counted =
        node.kind === 'anyOf' ? node.children : node.children.filter((one) => one.binding === 'Mandatory');
      const have = counted.filter((child) => found.get(child.id)!.met).length;
      return { need: node.kind === 'anyOf' ? 1 : counted.length, have, open: [] };
    }
    case 'requireAll':
    case 'chooseN': {
      const served = new Set(solution.placements.filter(({ slot }) => slot.id === node.id).map(({ item }) => item));
      const open = node.items.filter((_, index) => !served.has(index)).map(itemTitle);
      return { need: node.kind === 'requireAll' ? node.items.length : node.min, have: served.size, open };
    }
    case 'creditMin': {
      const check = solution.problem.checks.find((one) => one.id === node.id);
      return { need: parseAmount(node.min), have: check ? sumOf(check, solution.placements) : 0, open: [] };
    }
    case 'currentAt':
      return { need: 0, have: 0, open: [] };
    default:
      throw new Error(`no facts for ${String((node satisfies never as RuleNode).kind)}`);
  }
}

/**
 * Node by node. What is shown is of the sure solution; a node that only the hopeful one meets, or that was not decided, is
 * pending.
 */
export function nodeResults(root: RuleNode, sure: Solution, hopeful: Solution): NodeResult[] {
  const now = factsOf(root, sure);
  const hoped = factsOf(root, hopeful);
  const open = !hopeful.proved;
  return flatten(root).map(({ node, mandatory }) => {
    const { facts, met } = now.get(node.id)!;
    const undecided =
      open && mandatory && (node.kind === 'creditMin' || isComposite(node) || kindOf(node).role === 'slot');
    const state: State = met ? 'met' : hoped.get(node.id)!.met || undecided ? 'pending' : 'unmet';
    const result: NodeResult = {
      id: node.id,
      kind: node.kind,
      binding: node.binding,
      realism: node.realism,
      text: node.text,
      state,
      reason: kindOf(node).explain(node, facts),
    };
    if (!sure.inForce.has(node.id)) result.alternative = 'not_taken';
    if (node.kind === 'requireAll' || node.kind === 'chooseN') {
      result.served = sure.placements
        .filter(({ slot }) => slot.id === node.id)
        .map(({ item, holding }) => ({ item, holding: holding.id }))
        .sort((a, b) => a.item - b.item);
    }
    if (node.kind === 'creditMin') {
      result.credit = { system: node.system, have: formatAmount(facts.have), need: formatAmount(facts.need) };
    }
    if (!met && !isComposite(node)) result.missing = missingOf(node, facts, result);
    return result;
  });
}

function missingOf(node: RuleNode, facts: NodeFacts, result: NodeResult): { item?: number; text: Text }[] {
  if (node.kind !== 'requireAll') return [{ text: kindOf(node).explain(node, facts) }];
  const served = new Set(result.served?.map(({ item }) => item));
  return node.items.flatMap((item, index) =>
    served.has(index) ? [] : [{ item: index, text: { en: itemTitle(item), fil: itemTitle(item) } }],
  );
}
