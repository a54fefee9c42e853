import { isObject, Problem } from '#kernel';
import { EVENT_TYPES } from '../lifecycle.ts';
import type { AccreditationEventType, LegalInstrument } from '../model.ts';
import { isIri } from '../scope/dimensions/lists.ts';
import { onlyMembers } from '../scope/members.ts';
import { Faults, readInstantField, readInstrument, readReason } from './fields.ts';

/** What happened to a grant, as told. */
export interface EventInput {
  type: AccreditationEventType;
  /** Day in Asia/Manila or instant with offset. Only an annulment may leave it out: void from the start. */
  effectiveAt?: string;
  reason: string;
  legalInstrument?: LegalInstrument;
  /** Of `superseded`: IRI of the grant that takes its place. */
  supersededBy?: string;
}

/** @throws Problem `invalid-request` naming every bad field */
export function checkEventInput(value: unknown): EventInput {
  const faults = new Faults();
  const { bad } = faults;
  if (!isObject(value)) throw new Problem('invalid-request', 'the event must be an object');
  onlyMembers(value, ['type', 'effectiveAt', 'reason', 'legalInstrument', 'supersededBy'], '', bad);
  const { type, supersededBy } = value;
  if (!EVENT_TYPES.includes(type as AccreditationEventType)) bad('/type', `must be one of ${EVENT_TYPES.join(', ')}`);
  const open = type === 'annulled' && value.effectiveAt === undefined;
  const effectiveAt = open ? undefined : readInstantField(value.effectiveAt, '/effectiveAt', bad);
  readReason(value.reason, '/reason', bad);
  if (value.legalInstrument !== undefined) readInstrument(value.legalInstrument, '/legalInstrument', bad);
  if (supersededBy !== undefined && type !== 'superseded') bad('/supersededBy', 'is only for superseded');
  if (type === 'superseded' && !(typeof supersededBy === 'string' && isIri(supersededBy))) {
    bad('/supersededBy', 'must be the IRI of the grant that takes its place');
  }
  faults.done();
  return { ...(value as unknown as EventInput), ...(effectiveAt ? { effectiveAt } : {}) };
}
