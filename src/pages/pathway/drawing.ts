import { type Evaluation, type Item, itemTitle, type NodeResult, type RuleNode, roleOf } from '#pathways';
import type { StackCredential } from '#verifier';
import type { Definition, PathwayPage } from './views.ts';

/** How far a node is. `waiting`: something about it could not be found out; never a pass. */
export type Mark = 'met' | 'progress' | 'waiting' | 'missing' | 'notTaken' | 'optionalEmpty';

/** A badge where it serves. */
export interface Served {
  /** Id of the credential. */
  id: string;
  name: string;
  awarder: string;
  /** Id of the decision by which it stands here; absent when it stands for itself. */
  decision?: string;
}

export interface DrawnItem {
  name: string;
  code?: string;
  versions?: readonly string[];
  credit: readonly string[];
  served: readonly Served[];
}

/** A node ready to be drawn. */
export interface Drawn {
  node: RuleNode;
  role: ReturnType<typeof roleOf>;
  /** Boxes inside. */
  parts: readonly Drawn[];
  /** What is asked of everything inside: filters, limits, checks, data. */
  conditions: readonly Drawn[];
  items: readonly DrawnItem[];
  /** Badges in a slot that asks for a kind of badge and not for items. */
  taken: readonly Served[];
  mark?: Mark;
  result?: NodeResult;
}

const CONDITIONS = new Set(['filter', 'limit', 'check', 'meta']);

/** Puts a rule tree, what is known of the achievements it names, and an answer if there is one, into one drawing. */
export function draw(page: PathwayPage): Drawn {
  const evaluation = page.stack?.evaluation;
  const results = new Map(evaluation?.nodes.map((result) => [result.id, result]));
  const badges = badgesOf(page);
  const placed = Map.groupBy(evaluation?.placements ?? [], ({ node }) => node);

  const served = (id: string, node: string): Served => {
    const guise = placed.get(node)?.find(({ holding }) => holding === id)?.guise;
    return { ...(badges.get(id) ?? { id, name: id, awarder: '' }), ...(guise ? { decision: guise } : {}) };
  };

  // Under a `not` nothing is wanted: what is not held there is not missing, so only the `not` itself has a state.
  const visit = (node: RuleNode, unwanted: boolean): Drawn => {
    const children =
      'children' in node ? node.children.map((child) => visit(child, unwanted || node.kind === 'not')) : [];
    const apart = (one: Drawn) => node.kind === 'allOf' && CONDITIONS.has(one.role);
    const result = unwanted ? undefined : results.get(node.id);
    const items = ('items' in node ? (node.items ?? []) : []).map((item, index): DrawnItem => {
      const by = result?.served?.filter((one) => one.item === index) ?? [];
      return { ...drawnItem(item, page), served: by.map(({ holding }) => served(holding, node.id)) };
    });
    const drawn: Drawn = {
      node,
      role: roleOf(node),
      parts: children.filter((one) => !apart(one)),
      conditions: children.filter(apart),
      items,
      taken: items.length > 0 ? [] : (placed.get(node.id) ?? []).map(({ holding }) => served(holding, node.id)),
      ...(result ? { result } : {}),
    };
    return result ? { ...drawn, mark: markOf(drawn, result) } : drawn;
  };
  return visit(page.root, false);
}

function markOf(drawn: Drawn, result: NodeResult): Mark {
  if (result.alternative) return 'notTaken';
  if (result.state === 'met') return vacuous(drawn) ? 'optionalEmpty' : 'met';
  if (result.state === 'pending') return 'waiting';
  return begun(drawn) ? 'progress' : 'missing';
}

/** Met because it asks for nothing: saying `met` of an empty box would look like an achievement. */
function vacuous({ node, items, taken, parts, conditions }: Drawn): boolean {
  if (node.kind === 'chooseN') {
    return node.min === 0 && taken.length === 0 && items.every(({ served }) => served.length === 0);
  }
  if (node.kind !== 'allOf' || conditions.some(({ role }) => role === 'check')) return false;
  return parts.length > 0 && parts.every(({ mark }) => mark === 'optionalEmpty');
}

/** Something of it is there already. */
function begun({ items, taken, parts, result, role }: Drawn): boolean {
  if (items.some(({ served }) => served.length > 0) || taken.length > 0) return true;
  if (role === 'check') return result?.credit !== undefined && result.credit.have !== '0';
  return parts.some((part) => begun(part) || part.mark === 'waiting');
}

export function drawnItem(item: Item, { definitions }: Pick<PathwayPage, 'definitions'>): Omit<DrawnItem, 'served'> {
  const known = definitionOf(item.achievement, definitions);
  const code = item.code ?? known?.code;
  const title = item.title ?? known?.name ?? (item.code === undefined ? itemTitle(item) : undefined);
  const named = title !== undefined && title !== code;
  return {
    name: named ? title : (code ?? itemTitle(item)),
    ...(named && code !== undefined && !title.includes(code) ? { code } : {}),
    ...(item.version ? { versions: item.version } : {}),
    credit: known?.credit ?? [],
  };
}

export const definitionOf = (
  iri: string | undefined,
  definitions: PathwayPage['definitions'],
): Definition | undefined => (iri !== undefined && Object.hasOwn(definitions, iri) ? definitions[iri] : undefined);

export const nameOf = (did: string, names: PathwayPage['names']): string =>
  Object.hasOwn(names, did) ? names[did]! : did;

/** Badges of the answer by the id of the credential. */
export function badgesOf({ stack, names }: Pick<PathwayPage, 'stack' | 'names'>): Map<string, Served> {
  const shown = ({ id = '', name, issuerId = '' }: StackCredential): [string, Served] => [
    id,
    { id, name: name ?? id, awarder: nameOf(issuerId, names) },
  ];
  return new Map(stack?.credentials.map(shown));
}

/** How many different badges serve anywhere. */
export const countUsed = (evaluation: Evaluation | undefined): number =>
  new Set(evaluation?.placements.map(({ holding }) => holding)).size;
