import { type FieldError, LIMITS, type SchemaCheck, schemaCheck } from '#kernel';
import { SUPERVISION } from './model.ts';
import { AMOUNT, DAY, DID, IRI, IRIS, LEVEL, SYSTEM, TEXT } from './rules/members.ts';

/** Closed: an unknown member is an error, and so is a credit system that no rule can name. */
const HOLDING = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'awardId', 'achievement', 'provider', 'competencies', 'credit', 'awarded', 'state', 'accredited'],
  properties: {
    id: IRI,
    awardId: TEXT,
    achievement: IRI,
    version: TEXT,
    name: TEXT,
    provider: DID,
    awardType: TEXT,
    category: TEXT,
    sector: TEXT,
    route: TEXT,
    level: LEVEL,
    competencies: { type: 'array', maxItems: 500, uniqueItems: true, items: TEXT },
    credit: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(SYSTEM.enum.map((system) => [system, AMOUNT])),
    },
    awarded: DAY,
    expires: DAY,
    state: { type: 'string', enum: ['active', 'suspended', 'revoked', 'annulled', 'unknown'] },
    completion: { type: 'string', enum: ['completed', 'provisional'] },
    result: {
      type: 'object',
      additionalProperties: false,
      required: ['scale', 'direction', 'value'],
      properties: {
        scale: IRI,
        direction: { type: 'string', enum: ['HigherBetter', 'LowerBetter'] },
        value: AMOUNT,
      },
    },
    assessed: { type: 'boolean' },
    supervision: { type: 'string', enum: [...SUPERVISION] },
    accredited: {
      type: 'array',
      maxItems: 200,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['role', 'answer'],
        properties: {
          role: { type: 'string', enum: ['Train', 'Assess', 'Award'] },
          authority: DID,
          answer: { type: 'string', enum: ['yes', 'no', 'unknown'] },
        },
      },
    },
    usedFor: { ...IRIS, minItems: 0 },
  },
};

let check: SchemaCheck | undefined;

/**
 * Everything wrong with a list of holding records (stacking A1): shape, days, amounts, enumerations. What only the whole
 * shows (two holdings of one id, a result against its scale) is left to the evaluation.
 */
export function checkHoldings(value: unknown, base = ''): FieldError[] {
  check ??= schemaCheck({ type: 'array', maxItems: LIMITS.holdings, items: HOLDING });
  return check(value, base);
}
