import {
  type FieldError,
  type Json,
  type JsonObject,
  LIMITS,
  refuseBadFields,
  type SchemaCheck,
  schemaCheck,
} from '#kernel';
import type { LegalInstrument, Realism } from './model.ts';
import { checkTree } from './rule-schema.ts';
import { DAY, DID, INSTRUMENTS, IRI } from './rules/members.ts';

/** A new pathway, or the next version of one: always the whole of it. */
export interface PathwayInput {
  name: string;
  description?: string;
  /** DID; the publishing institution itself when absent. */
  conferrer?: string;
  /** Address of the definition of the qualification it leads to; without it nothing can be awarded by it. */
  achievement?: string;
  /** What it rests on, as cited. */
  legalInstrument?: LegalInstrument[];
  /** Days, half-open. */
  effectivePeriod?: { from: string; until?: string };
  realism?: Realism;
  stackingRule: JsonObject;
}

const SCHEMA = {
  type: 'object',
  required: ['name', 'stackingRule'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', format: 'line', maxLength: LIMITS.nameChars },
    description: { type: 'string', format: 'text', maxLength: LIMITS.descriptionChars },
    conferrer: DID,
    achievement: IRI,
    legalInstrument: INSTRUMENTS,
    effectivePeriod: {
      type: 'object',
      required: ['from'],
      additionalProperties: false,
      properties: { from: DAY, until: DAY },
    },
    realism: { type: 'string', enum: ['Published', 'Illustrative'] },
    stackingRule: { type: 'object' },
  },
};

let check: SchemaCheck | undefined;

/** @throws Problem `invalid-request` with the pointer of every bad field, into the tree too */
export function checkPathwayInput(input: PathwayInput): PathwayInput {
  check ??= schemaCheck(SCHEMA);
  const errors: FieldError[] = check(input);
  const { effectivePeriod: period, stackingRule } = input;
  if (errors.length === 0) {
    if (period?.until !== undefined && period.until <= period.from) {
      errors.push({ pointer: '/effectivePeriod/until', detail: 'must be after from: it is the first day without it' });
    }
    errors.push(...checkTree(stackingRule as Json, '/stackingRule'));
  }
  refuseBadFields(errors);
  return input;
}
