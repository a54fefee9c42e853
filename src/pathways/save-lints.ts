import type { FieldError } from '#kernel';
import { neverMet } from './never-met.ts';
import type { CreditMin, RuleNode } from './rule-model.ts';
import { kindOf } from './rules/index.ts';
import { ancestors, type Placed, scopeWithin, slotsIn } from './tree.ts';

/** What is wrong with where a node stands (A3), or with how nodes go together (A4, refused at save). */
export function lintTree(nodes: readonly Placed[]): FieldError[] {
  const ids = new Map<string, Placed>();
  for (const placed of nodes) if (!ids.has(placed.node.id)) ids.set(placed.node.id, placed);
  const faults = nodes.flatMap((placed) => {
    const at = (pointer: string, detail: string) => ({ pointer: placed.pointer + pointer, detail });
    return [
      ...(ids.get(placed.node.id) === placed ? [] : [at('/id', 'is the id of another node')]),
      ...placeFaults(placed).map(([pointer, detail]) => at(pointer, detail)),
      ...(kindOf(placed.node).role === 'check' ? checkFaults(placed, nodes) : []).map(([pointer, detail]) =>
        at(pointer, detail),
      ),
      ...exitFaults(placed, ids).map(([pointer, detail]) => at(pointer, detail)),
      ...scaleFaults(placed, nodes).map(([pointer, detail]) => at(pointer, detail)),
    ];
  });
  return faults.length > 0 ? faults : neverMet(nodes);
}

type Fault = [pointer: string, detail: string];

function placeFaults({ node, parent }: Placed): Fault[] {
  const faults: Fault[] = [];
  const { role } = kindOf(node);
  if (!parent && node.binding === 'Advisory') faults.push(['/binding', 'of the whole must be Mandatory']);
  if ((role === 'filter' || role === 'limit' || role === 'meta') && parent?.node.kind !== 'allOf') {
    faults.push(['/kind', 'must be a direct child of an allOf: it acts on the slots below that']);
  }
  if (node.kind === 'carryOver' && parent) {
    const first = parent.children.find((one) => one.node.kind === 'carryOver' && one.node.system === node.system);
    if (first?.node !== node) faults.push(['/system', 'is carried over by another node of the same allOf']);
  }
  return faults;
}

function checkFaults(placed: Placed, nodes: readonly Placed[]): Fault[] {
  const { node } = placed;
  const scope = scopeWithin(placed);
  if (!scope) return [['/kind', 'has no allOf around it, so there is nothing that it could be asked of']];
  const slots = slotsIn(scope, nodes);
  if (slots.length === 0) return [['/kind', 'has no slots in its scope, so it can never be met']];
  const faults: Fault[] = [];
  const system = 'system' in node ? node.system : undefined;
  if (
    system !== undefined &&
    slots.every((slot) => creditSystem(slot.node) !== undefined && creditSystem(slot.node) !== system)
  ) {
    faults.push(['/system', 'is not one that a slot in its scope could supply']);
  }
  if (node.kind !== 'creditMin' && slots.some((slot) => (slot.node as CreditMin).excess === 'truncate')) {
    faults.push(['/kind', 'cannot be asked over a slot that truncates: cut credit has no category, date or share']);
  }
  return faults;
}

/** The system a slot insists on; undefined when it takes credit of any. */
const creditSystem = (node: RuleNode): string | undefined => (node.kind === 'creditMin' ? node.system : undefined);

function exitFaults({ node }: Placed, ids: ReadonlyMap<string, Placed>): Fault[] {
  if (node.kind !== 'exitAward') return [];
  const to = ids.get(node.node);
  if (!to) return [['/node', 'is not the id of a node']];
  const { role } = kindOf(to.node);
  if (role !== 'composite' && role !== 'slot') return [['/node', 'must be a slot or hold other nodes']];
  const inside = ancestors(to).some((above) => above.node.kind === 'not');
  return inside ? [['/node', 'stands inside a not']] : [];
}

/** One scale has one direction. */
function scaleFaults({ node }: Placed, nodes: readonly Placed[]): Fault[] {
  if (node.kind !== 'resultThreshold') return [];
  const other = nodes.find(
    (one) =>
      one.node.kind === 'resultThreshold' && one.node.scale === node.scale && one.node.direction !== node.direction,
  );
  return other ? [['/direction', `of this scale is another in ${other.node.id}`]] : [];
}
