import type { FieldError, Text } from '#kernel';
import type { RuleNode } from '../model.ts';

/** What was placed for a node, and what of it is still open. */
export interface NodeFacts {
  /** Slots: number of items asked for and served. Checks: amounts, in 1/10,000. Composites: children. */
  need: number;
  have: number;
  /** Titles of what is not served. */
  open: readonly string[];
}

/**
 * One kind of rule, in one file. `composite` holds other nodes; `slot` takes credentials; `filter` says which credentials
 * the slots below its parent may take; `check` is asked of what was taken.
 */
export interface RuleKind<N extends RuleNode = RuleNode> {
  kind: N['kind'];
  role: 'composite' | 'slot' | 'filter' | 'check';
  title: Text;
  /** JSON Schema of the members beside those every node has; all of it is closed. */
  schema: { properties: Record<string, object>; required: readonly string[] };
  /** What the schema cannot say. Pointers are relative to the node. */
  faults(node: N): FieldError[];
  /** Whether the facts satisfy the node. Filters are always met: what they refuse shows at the slots. */
  met(node: N, facts: NodeFacts): boolean;
  /** One sentence for people. */
  explain(node: N, facts: NodeFacts): Text;
  /** Valid nodes, for documentation and tests. */
  examples: readonly N[];
}

const TEXT = { type: 'string', format: 'line', maxLength: 500 };

/** Members of every node. `text` in both languages: what is asked of people must be readable for them. */
export const COMMON_PROPERTIES = {
  id: { type: 'string', pattern: '^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$' },
  text: {
    type: 'object',
    additionalProperties: false,
    required: ['en', 'fil'],
    properties: { en: TEXT, fil: TEXT },
  },
  source: TEXT,
  binding: { type: 'string', enum: ['Mandatory', 'Advisory'] },
  realism: { type: 'string', enum: ['Published', 'Illustrative'] },
} as const;

export const CHILDREN = { type: 'array', minItems: 1, maxItems: 100, items: { $ref: '#/$defs/node' } };

/** Exactly one of `achievement` and `code`; `version` only narrows an achievement. */
export const ITEMS = {
  type: 'array',
  minItems: 1,
  maxItems: 200,
  items: {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    properties: {
      achievement: { type: 'string', format: 'identifier' },
      version: {
        type: 'array',
        minItems: 1,
        maxItems: 50,
        uniqueItems: true,
        items: { type: 'string', minLength: 1, maxLength: 60, format: 'line' },
      },
      code: { type: 'string', maxLength: 60, format: 'line' },
      title: TEXT,
    },
    oneOf: [
      { required: ['achievement'], properties: { achievement: true } },
      {
        required: ['code'],
        properties: { code: true },
        not: { required: ['version'], properties: { version: true } },
      },
    ],
  },
};

/** Example nodes share this. */
export const EXAMPLE = {
  text: { en: 'Example', fil: 'Halimbawa' },
  source: 'Example',
  binding: 'Mandatory',
  realism: 'Illustrative',
} as const;
