import { type FieldError, formatAmount, parseAmount } from '#kernel';
import type { CreditMax, RuleNode } from './rule-model.ts';
import { kindOf } from './rules/index.ts';
import { type Placed, scopeWithin, slotsIn, within } from './tree.ts';

/**
 * Pathways that are well formed and can never be met: maxima below minima in one scope (A4, last paragraph). A lint, not a
 * proof: what it does not see is simply never met.
 */
export function neverMet(nodes: readonly Placed[]): FieldError[] {
  return nodes.flatMap((placed) => {
    const { node } = placed;
    if (node.binding === 'Advisory') return [];
    const fault = least(placed);
    if (!fault) return [];
    const { need, system, pointer } = fault;
    const most = Math.min(...limitsOn(placed, system, nodes), handedOn(placed, system, nodes));
    if (need <= most) return [];
    const detail = `asks for ${formatAmount(need)} where at most ${formatAmount(most)} may count: it can never be met`;
    return [{ pointer: placed.pointer + pointer, detail }];
  });
}

/** The least credit in one system that a node asks of what counts. */
function least(placed: Placed): { need: number; system: string; pointer: string } | undefined {
  const { node } = placed;
  switch (node.kind) {
    case 'creditMin': {
      const carried = node.select ? 0 : carriedIn(placed, node.system);
      return { need: parseAmount(node.min) - carried, system: node.system, pointer: '/min' };
    }
    case 'categoryMin':
      return { need: parseAmount(node.min), system: node.system, pointer: '/min' };
    case 'residencyMin':
      return node.min === undefined ? undefined : { need: parseAmount(node.min), system: node.system, pointer: '/min' };
    case 'perPeriodMin':
      return { need: parseAmount(node.min) * node.periods, system: node.system, pointer: '/min' };
    default:
      return undefined;
  }
}

function carriedIn(placed: Placed, system: string): number {
  const carry = scopeWithin(placed)?.children.find(({ node }) => node.kind === 'carryOver' && node.system === system);
  return carry?.node.kind === 'carryOver' ? parseAmount(carry.node.max) : 0;
}

/** Every creditMax without a selector whose counted set holds all that the node is asked of. */
function limitsOn(placed: Placed, system: string, nodes: readonly Placed[]): number[] {
  const of = kindOf(placed.node).role === 'slot' ? placed : scopeWithin(placed);
  return nodes.flatMap(({ node, parent }) =>
    isWholeMax(node) && node.system === system && parent && of && within(of, parent) ? [parseAmount(node.max)] : [],
  );
}

const isWholeMax = (node: RuleNode): node is CreditMax =>
  node.kind === 'creditMax' && node.binding === 'Mandatory' && node.select === undefined;

/** What the slots of the scope hand on together, if every one of them has a most in that system. */
function handedOn(placed: Placed, system: string, nodes: readonly Placed[]): number {
  const scope = kindOf(placed.node).role === 'check' ? scopeWithin(placed) : undefined;
  if (!scope) return Number.POSITIVE_INFINITY;
  return slotsIn(scope, nodes).reduce((sum, { node }) => {
    const own = node.kind === 'creditMin' && node.system === system ? node.max : undefined;
    return sum + (own === undefined ? Number.POSITIVE_INFINITY : parseAmount(own));
  }, 0);
}
