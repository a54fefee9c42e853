import { INSTRUMENT_KINDS } from '#framework';
import { type FieldError, parseAmount } from '#kernel';
import { isPeriod } from '../days.ts';

// JSON Schema of members that several kinds share.

const LINE = { type: 'string', minLength: 1, maxLength: 60, format: 'line' };
export const TEXT = { type: 'string', format: 'line', maxLength: 500 };

const listOf = (items: object, maxItems = 50) => ({ type: 'array', minItems: 1, maxItems, uniqueItems: true, items });

export const CHILDREN = { type: 'array', minItems: 1, maxItems: 500, items: { $ref: '#/$defs/node' } };
export const AMOUNT = { type: 'string', format: 'amount' };
export const PERCENT = { ...AMOUNT };
export const DAY = { type: 'string', format: 'day' };
export const LEVEL = { type: 'integer', minimum: 0, maximum: 20 };
export const IRI = { type: 'string', format: 'identifier' };
export const DID = { type: 'string', format: 'did' };
export const DIDS = listOf(DID);
export const IRIS = listOf(IRI, 200);
export const LINES = listOf(LINE, 200);
export const VERSIONS = listOf(LINE);
/** Of whatever a share is by; providers are DIDs, which are longer than codes. */
export const VALUES = listOf({ type: 'string', minLength: 1, maxLength: 500, format: 'line' }, 200);
/** Years, months and days of ISO 8601; `periodFaults` says what a pattern cannot. */
export const PERIOD = { type: 'string', minLength: 3, maxLength: 16 };
/** `NOTIONAL-HOUR` is a system like any other. */
export const SYSTEM = {
  type: 'string',
  enum: ['HE-UNIT-18', 'HE-UNIT-16', 'TESDA-HOUR', 'PRC-CPD-CU', 'ECTS', 'NZ-CREDIT', 'NOTIONAL-HOUR'],
};
/** Issuances as cited (framework 5.1, `legalInstrument`). */
export const INSTRUMENTS = {
  type: 'array',
  minItems: 1,
  maxItems: 10,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['kind'],
    properties: {
      kind: { type: 'string', enum: [...INSTRUMENT_KINDS] },
      number: LINE,
      series: { type: 'string', pattern: '^(?:1[89]|2[0-9])[0-9]{2}$' },
      date: DAY,
      url: { type: 'string', format: 'web-address' },
    },
  },
};
export const SLOT_MEMBERS = { repeatable: { type: 'boolean' }, consume: { type: 'boolean' } };

/** Exactly one of `achievement` and `code`; `version` only narrows an achievement. */
export const ITEMS = {
  type: 'array',
  minItems: 1,
  maxItems: 200,
  items: {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    properties: { achievement: IRI, version: VERSIONS, code: { ...LINE }, title: TEXT },
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

/** Every stated member must match; at least one is stated. */
export const SELECT = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    achievement: IRIS,
    category: LINES,
    awardType: LINES,
    provider: DIDS,
    sector: LINES,
    route: LINES,
    level: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'to'],
      properties: { from: LEVEL, to: LEVEL },
    },
    code: LINES,
  },
};

export const periodFaults = (pointer: string, period: string): FieldError[] =>
  isPeriod(period) ? [] : [{ pointer, detail: 'must be a period of years, months and days, e.g. P3Y' }];

export const positiveFaults = (pointer: string, amount: string | undefined): FieldError[] =>
  amount !== undefined && parseAmount(amount) === 0 ? [{ pointer, detail: 'must be more than 0' }] : [];

export const percentFaults = (percent: string | undefined): FieldError[] =>
  percent !== undefined && parseAmount(percent) > 1_000_000 ? [{ pointer: '/percent', detail: 'is above 100' }] : [];

export const selectFaults = (
  pointer: string,
  select: { level?: { from: number; to: number } } | undefined,
): FieldError[] =>
  select?.level && select.level.from > select.level.to
    ? [{ pointer: `${pointer}/level`, detail: 'ends before it begins' }]
    : [];
