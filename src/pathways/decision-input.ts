import { type FieldError, type SchemaCheck, schemaCheck } from '#kernel';
import { AMOUNT, DAY, DID, IRI, IRIS, SYSTEM, TEXT, VERSIONS } from './rules/members.ts';

const TO: Record<string, { required: string[]; properties: Record<string, object> }> = {
  specified: { required: ['achievement'], properties: { achievement: IRI, version: TEXT } },
  block: { required: ['achievements'], properties: { achievements: IRIS } },
  unspecified: { required: [], properties: { category: TEXT } },
};

const DECISION = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'from', 'to', 'credit', 'validFrom'],
  properties: {
    id: TEXT,
    decidedBy: DID,
    from: {
      type: 'object',
      additionalProperties: false,
      required: ['achievement'],
      properties: { achievement: IRI, version: VERSIONS },
    },
    to: {
      type: 'object',
      required: ['mode'],
      properties: { mode: { type: 'string', enum: Object.keys(TO) } },
      allOf: Object.entries(TO).map(([mode, { required, properties }]) => ({
        if: { type: 'object', required: ['mode'], properties: { mode: { const: mode } } },
        // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
        then: {
          type: 'object',
          additionalProperties: false,
          required: ['mode', ...required],
          properties: { mode: { const: mode }, ...properties },
        },
      })),
    },
    category: TEXT,
    credit: {
      type: 'object',
      additionalProperties: false,
      required: ['system', 'value'],
      properties: { system: SYSTEM, value: AMOUNT },
    },
    cap: AMOUNT,
    validFrom: DAY,
    validUntil: DAY,
  },
};

let check: SchemaCheck | undefined;

/** Everything wrong with the shape of a list of equivalence decisions (stacking A2). */
export function checkDecisions(value: unknown, base = ''): FieldError[] {
  check ??= schemaCheck({ type: 'array', maxItems: 2_000, items: DECISION });
  return check(value, base);
}
