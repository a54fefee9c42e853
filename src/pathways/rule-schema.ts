import { type FieldError, isObject, type Json, LIMITS, type SchemaCheck, schemaCheck } from '#kernel';
import type { RuleNode } from './model.ts';
import { kindOf, RULES } from './rules/index.ts';
import { COMMON_PROPERTIES } from './rules/rule.ts';
import { countAlternatives, flatten, isSlot, type Placed, within } from './tree.ts';

/** More ways through the alternatives than this are refused at save: each is solved by itself. */
const MAX_ALTERNATIVES = 64;

/** JSON Schema 2020-12 of a rule tree, put together from the kinds. Closed: an unknown member is an error. */
const stackingRuleSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Stacking rule',
  $ref: '#/$defs/node',
  $defs: {
    node: {
      type: 'object',
      required: ['kind'],
      properties: { kind: { type: 'string', enum: Object.keys(RULES) } },
      allOf: Object.keys(RULES).map((kind) => ({
        if: { properties: { kind: { const: kind } } },
        // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
        then: { $ref: `#/$defs/${kind}` },
      })),
    },
    ...Object.fromEntries(
      Object.values(RULES).map(({ kind, title, schema }) => [
        kind,
        {
          title: title.en,
          type: 'object',
          additionalProperties: false,
          required: ['kind', ...Object.keys(COMMON_PROPERTIES), ...schema.required],
          properties: { kind: { const: kind }, ...COMMON_PROPERTIES, ...schema.properties },
        },
      ]),
    ),
  },
};

let check: SchemaCheck | undefined;

/**
 * Everything wrong with a rule tree. Size and depth come first: nothing recursive looks at a tree that is too large.
 * @param base JSON Pointer of the tree in the document
 */
export function checkTree(rule: Json | undefined, base = ''): FieldError[] {
  const size = sizeErrors(rule, base);
  if (size.length > 0) return size;
  check ??= schemaCheck(stackingRuleSchema);
  const shape = check(rule, base);
  if (shape.length > 0) return shape;
  const nodes = flatten(rule as unknown as RuleNode);
  const errors = nodes.flatMap((placed) =>
    [...kindOf(placed.node).faults(placed.node), ...placeFaults(placed, nodes)].map((fault) => ({
      ...fault,
      pointer: base + placed.pointer + fault.pointer,
    })),
  );
  if (countAlternatives(rule as unknown as RuleNode, MAX_ALTERNATIVES + 1) > MAX_ALTERNATIVES) {
    errors.push({ pointer: base, detail: `has more than ${MAX_ALTERNATIVES} combinations of alternatives` });
  }
  return errors;
}

function sizeErrors(rule: Json | undefined, base: string): FieldError[] {
  let nodes = 0;
  const stack: { value: Json | undefined; pointer: string; depth: number }[] = [
    { value: rule, pointer: base, depth: 1 },
  ];
  for (let at = stack.pop(); at; at = stack.pop()) {
    const { value, pointer, depth } = at;
    if (!isObject(value)) continue;
    if (++nodes > LIMITS.pathwayNodes) return [{ pointer: base, detail: `has more than ${LIMITS.pathwayNodes} nodes` }];
    if (depth > LIMITS.pathwayDepth) return [{ pointer, detail: `is deeper than ${LIMITS.pathwayDepth} levels` }];
    if (!Array.isArray(value.children)) continue;
    for (const [index, child] of value.children.entries()) {
      stack.push({ value: child, pointer: `${pointer}/children/${index}`, depth: depth + 1 });
    }
  }
  return [];
}

/** What depends on where the node stands. */
function placeFaults(placed: Placed, nodes: readonly Placed[]): FieldError[] {
  const { node, parent, scope } = placed;
  const faults: FieldError[] = [];
  if (nodes.find((other) => other.node.id === node.id) !== placed) {
    faults.push({ pointer: '/id', detail: 'is the id of another node' });
  }
  const { role } = kindOf(node);
  if (role === 'filter' && parent?.node.kind !== 'allOf') {
    faults.push({ pointer: '/kind', detail: 'must be a direct child of an allOf: it acts on the slots below that' });
  }
  if (role === 'filter' && node.binding === 'Advisory') {
    faults.push({ pointer: '/binding', detail: 'of a filter must be Mandatory' });
  }
  if (node.kind !== 'creditMin') return faults;
  const slots = scope ? nodes.filter((other) => isSlot(other.node) && within(other, scope)) : [];
  if (slots.length === 0)
    faults.push({ pointer: '/kind', detail: 'has no slots in its scope, so it can never be met' });
  for (const [index, id] of (node.group ?? []).entries()) {
    if (!slots.some((slot) => slot.node.id === id)) {
      faults.push({ pointer: `/group/${index}`, detail: 'is not a slot within the same allOf' });
    }
  }
  return faults;
}
