import type { RuleNode } from '#pathways';

/** Conditions on what other nodes take: they ask for no further badge. */
const CONDITIONS: ReadonlySet<RuleNode['kind']> = new Set([
  ...(['currentAt', 'assessedOnly', 'accreditedAtAward', 'conferrer', 'noOverlap', 'singleUse', 'versionPin'] as const),
  ...(['resultThreshold', 'exitAward', 'carryOver', 'earnedWithin', 'levelFloor', 'supervisionFloor'] as const),
]);
const COMPOSITES: ReadonlySet<RuleNode['kind']> = new Set(['allOf', 'anyOf', 'nOf', 'not']);
/** A longer list would say more about the pathway than about the badge. */
const MOST = 50;

/**
 * The achievements that a pathway names, when it asks for nothing else: then its holder need not be asked for more. undefined
 * where it takes badges by code, kind, credit or recorded decision, which no query can say.
 */
export function namedAchievements(rule: RuleNode): string[] | undefined {
  const names = namesIn(rule);
  if (!names || names.length === 0) return undefined;
  const distinct = [...new Set(names)];
  return distinct.length > MOST ? undefined : distinct;
}

function namesIn(node: RuleNode): string[] | undefined {
  if (CONDITIONS.has(node.kind)) return [];
  if (COMPOSITES.has(node.kind) && 'children' in node) return all(node.children.map(namesIn));
  if (!('items' in node) || !node.items) return undefined;
  return all(node.items.map(({ achievement }) => (achievement === undefined ? undefined : [achievement])));
}

const all = (parts: readonly (string[] | undefined)[]): string[] | undefined =>
  parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
