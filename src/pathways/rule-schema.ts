import { type FieldError, isObject, type Json, LIMITS, type SchemaCheck, schemaCheck } from '#kernel';
import type { RuleNode } from './rule-model.ts';
import { kindOf, RULES } from './rules/index.ts';
import { COMMON_PROPERTIES } from './rules/rule.ts';
import { lintTree } from './save-lints.ts';
import { flatten } from './tree.ts';

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
  const own = nodes.flatMap(({ node, pointer }) =>
    kindOf(node)
      .faults(node)
      .map((fault) => ({ ...fault, pointer: pointer + fault.pointer })),
  );
  // What cannot be right by itself is not asked about its place.
  const faults = own.length > 0 ? own : lintTree(nodes);
  return faults.map((fault) => ({ ...fault, pointer: base + fault.pointer }));
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
