import { CREDIT_SYSTEMS, INSTRUMENT_KINDS } from '#framework';
import { type FieldError, LIMITS, parseAmount, refuseBadFields, type SchemaCheck, schemaCheck } from '#kernel';
import type { Decided, EquivalenceInput } from './model.ts';

const LINE = { type: 'string', minLength: 1, maxLength: 200, format: 'line' };
const SHORT = { ...LINE, maxLength: 60 };
const NOTE = { type: 'string', minLength: 1, maxLength: 500, format: 'line' };
const IRI = { type: 'string', format: 'identifier' };
const DAY = { type: 'string', format: 'day' };
const AMOUNT = { type: 'string', format: 'amount' };
const SHA256 = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const list = (items: object, maxItems: number) => ({ type: 'array', minItems: 1, maxItems, uniqueItems: true, items });
const closed = (required: string[], properties: Record<string, object>) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

/** `NONE` is no system that adds up, so nothing can be credited in it. */
export const SYSTEM = { type: 'string', enum: CREDIT_SYSTEMS.map(({ id }) => id).filter((id) => id !== 'NONE') };

export const INSTRUMENT = closed(['kind'], {
  kind: { type: 'string', enum: [...INSTRUMENT_KINDS] },
  number: SHORT,
  series: { type: 'string', pattern: '^(?:1[89]|2[0-9])[0-9]{2}$' },
  date: DAY,
  url: { type: 'string', format: 'web-address', pattern: '^https://' },
});

const TO: Record<string, [required: string[], properties: Record<string, object>]> = {
  specified: [['achievement'], { achievement: IRI, version: SHORT, title: LINE }],
  block: [['achievements'], { achievements: list(IRI, 20) }],
  unspecified: [[], { category: SHORT }],
};

/** Each row and reference is a blank node of the signed document, whose number is limited. */
const MOST_ROWS = 100;

const SCHEMA = closed(['from', 'to'], {
  from: closed(['achievement'], { achievement: IRI, version: list(SHORT, 50), title: LINE }),
  to: {
    type: 'object',
    required: ['mode'],
    properties: { mode: { type: 'string', enum: Object.keys(TO) } },
    allOf: Object.entries(TO).map(([mode, [required, properties]]) => ({
      if: { type: 'object', required: ['mode'], properties: { mode: { const: mode } } },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: closed(['mode', ...required], { mode: { const: mode }, ...properties }),
    })),
  },
  category: SHORT,
  credit: closed(['system', 'value'], { system: SYSTEM, value: AMOUNT }),
  cap: AMOUNT,
  validFrom: DAY,
  validUntil: DAY,
  decisionDate: DAY,
  panel: closed(['name', 'members'], { name: LINE, members: list(LINE, 30) }),
  legalInstrument: list(INSTRUMENT, 10),
  outcomeMatching: list(
    closed(['from', 'match'], {
      from: NOTE,
      to: NOTE,
      match: { type: 'string', enum: ['full', 'partial', 'none'] },
      note: NOTE,
    }),
    MOST_ROWS,
  ),
  evidence: list(
    {
      ...closed(['name'], { name: LINE, url: { type: 'string', format: 'web-address' }, sha256: SHA256 }),
    },
    20,
  ),
  appeal: closed(['how'], {
    how: { type: 'string', minLength: 1, maxLength: LIMITS.descriptionChars, format: 'text' },
    until: DAY,
  }),
  realism: { type: 'string', enum: ['Published', 'Illustrative'] },
  supersedes: { type: 'string', format: 'web-address' },
});

const REQUIRED = ['credit', 'validFrom', 'outcomeMatching', 'appeal'] as const;

let check: SchemaCheck | undefined;

/**
 * A draft may be incomplete, never wrong in what it says.
 * @throws Problem `invalid-request` with the pointer of every bad field
 */
export function checkDraft(value: unknown): EquivalenceInput {
  check ??= schemaCheck(SCHEMA);
  refuseBadFields(check(value));
  const input = value as EquivalenceInput;
  refuseBadFields(contradictions(input));
  return input;
}

/**
 * Ready to be decided: complete, outcomes really matched, dated no later than today.
 * @throws Problem `invalid-request` with the pointer of every bad field
 */
export function checkDecision(input: EquivalenceInput, today: string): Decided {
  checkDraft(input);
  const errors: FieldError[] = REQUIRED.filter((member) => input[member] === undefined).map((member) => ({
    pointer: `/${member}`,
    detail: 'is required in a decision',
  }));
  const { outcomeMatching = [], decisionDate, appeal } = input;
  if (outcomeMatching.length > 0 && outcomeMatching.every(({ match }) => match === 'none')) {
    errors.push({ pointer: '/outcomeMatching', detail: 'matches no outcome at all' });
  }
  for (const [index, { match, note }] of outcomeMatching.entries()) {
    if (match === 'none' && note === undefined) {
      errors.push({
        pointer: `/outcomeMatching/${index}/note`,
        detail: 'must say why an unmatched outcome is accepted',
      });
    }
  }
  if (decisionDate !== undefined && decisionDate > today) {
    errors.push({ pointer: '/decisionDate', detail: 'is in the future' });
  }
  if (appeal?.until !== undefined && appeal.until < (decisionDate ?? today)) {
    errors.push({ pointer: '/appeal/until', detail: 'is over before the decision is made' });
  }
  refuseBadFields(errors);
  return input as Decided;
}

/** What the schema cannot say, of whatever is stated. */
function contradictions(input: EquivalenceInput): FieldError[] {
  const errors: FieldError[] = [];
  const bad = (pointer: string, detail: string) => errors.push({ pointer, detail });
  const { from, to, credit, cap, validFrom, validUntil, outcomeMatching = [], evidence = [] } = input;
  const self = 'is what was awarded: for another version of it a pathway has a version rule';
  if (to.mode === 'specified' && to.achievement === from.achievement) bad('/to/achievement', self);
  if (to.mode === 'block') {
    const index = to.achievements.indexOf(from.achievement);
    if (index >= 0) bad(`/to/achievements/${index}`, self);
  }
  if (to.mode === 'unspecified' && input.category !== undefined)
    bad('/category', 'stands in to, for unspecified credit');
  if (credit && parseAmount(credit.value) === 0) bad('/credit/value', 'must be more than 0');
  if (cap !== undefined && !credit) bad('/cap', 'is of a credit that is not stated');
  if (cap !== undefined && credit && parseAmount(cap) < parseAmount(credit.value)) {
    bad('/cap', 'is below the credit of one award: it could never be used');
  }
  if (validUntil !== undefined && validFrom === undefined) bad('/validFrom', 'is required where there is an end');
  else if (validUntil !== undefined && validUntil < validFrom!) bad('/validUntil', 'is before validFrom');
  for (const [index, { to: target, match }] of outcomeMatching.entries()) {
    if (match !== 'none' && target === undefined)
      bad(`/outcomeMatching/${index}/to`, 'is required where something matches');
  }
  for (const index of repeated(outcomeMatching.map((row) => JSON.stringify([row.from, row.to])))) {
    bad(`/outcomeMatching/${index}`, 'matches the same two outcomes again');
  }
  for (const [index, { url, sha256 }] of evidence.entries()) {
    if (url === undefined && sha256 === undefined) bad(`/evidence/${index}/url`, 'or sha256 is required');
  }
  for (const index of repeated(evidence.map(({ name, url }) => url ?? name))) {
    bad(`/evidence/${index}`, 'refers to the same again');
  }
  return errors;
}

const repeated = (keys: readonly string[]): number[] =>
  keys.flatMap((key, index) => (keys.indexOf(key) === index ? [] : [index]));
