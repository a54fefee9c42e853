import type { LegalInstrument } from '#accreditation';
import { refuseBadFields, type SchemaCheck, schemaCheck } from '#kernel';
import { INSTRUMENT } from './input.ts';
import type { EquivalenceEventType } from './model.ts';

/** What happened to a decision, as told. `superseded` is none: the later decision says it. */
export interface EquivalenceEventInput {
  type: Exclude<EquivalenceEventType, 'superseded'>;
  /** Of an ending: the last day in force; default the day before today, so that it ends at once. */
  validUntil?: string;
  /** Of an appeal: default today. */
  receivedOn?: string;
  reason: string;
  legalInstrument?: LegalInstrument;
}

const DAY = { type: 'string', format: 'day' };
const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'reason'],
  properties: {
    type: { type: 'string', enum: ['withdrawn', 'appealed', 'confirmed', 'overturned'] },
    validUntil: DAY,
    receivedOn: DAY,
    reason: { type: 'string', minLength: 3, maxLength: 500, format: 'line' },
    legalInstrument: INSTRUMENT,
  },
};

let check: SchemaCheck | undefined;

/** @throws Problem `invalid-request` with the pointer of every bad field */
export function checkEvent(value: unknown, today: string): EquivalenceEventInput {
  check ??= schemaCheck(SCHEMA);
  refuseBadFields(check(value));
  const input = value as EquivalenceEventInput;
  const ends = input.type === 'withdrawn' || input.type === 'overturned';
  refuseBadFields([
    ...(input.validUntil !== undefined && !ends
      ? [{ pointer: '/validUntil', detail: 'is only for withdrawn and overturned' }]
      : []),
    ...(input.receivedOn !== undefined && input.type !== 'appealed'
      ? [{ pointer: '/receivedOn', detail: 'is only for appealed' }]
      : []),
    ...(input.receivedOn !== undefined && input.receivedOn > today
      ? [{ pointer: '/receivedOn', detail: 'is in the future' }]
      : []),
  ]);
  return input;
}
