import { isDid, isObject, Problem } from '#kernel';
import { type LegalInstrument, SUCCESSION_KINDS, type Succession } from '../model.ts';
import { onlyMembers } from '../scope/members.ts';
import { Faults, readInstantField, readInstrument, readReason } from './fields.ts';

/** What became of an institution, as told by an authority. */
export interface SuccessionInput {
  /** DIDs. */
  predecessor: string;
  successor?: string;
  kind: Succession['kind'];
  /** Whether the successor awards the predecessor's achievements from then on; default false. */
  mayAward?: boolean;
  effectiveAt: string;
  reason: string;
  legalInstrument?: LegalInstrument;
}

export type CheckedSuccession = Omit<Succession, 'recordedAt'>;

/** @throws Problem `invalid-request` naming every bad field */
export function checkSuccessionInput(value: unknown): CheckedSuccession {
  const faults = new Faults();
  const { bad } = faults;
  if (!isObject(value)) throw new Problem('invalid-request', 'the succession must be an object');
  const members = ['predecessor', 'successor', 'kind', 'mayAward', 'effectiveAt', 'reason', 'legalInstrument'];
  onlyMembers(value, members, '', bad);
  const { predecessor, successor, kind, mayAward = false } = value;
  if (!isDid(predecessor)) bad('/predecessor', 'must be a DID');
  if (!SUCCESSION_KINDS.includes(kind as Succession['kind'])) {
    bad('/kind', `must be one of ${SUCCESSION_KINDS.join(', ')}`);
  }
  if (successor === undefined) {
    if (kind !== 'Closure') bad('/successor', 'is required, except when an institution closes and nobody follows');
    if (mayAward === true) bad('/mayAward', 'needs a successor');
  } else if (!isDid(successor)) bad('/successor', 'must be a DID');
  else if (successor === predecessor) bad('/successor', 'must not be the predecessor itself');
  if (typeof mayAward !== 'boolean') bad('/mayAward', 'must be true or false');
  else if (mayAward && kind === 'Custody') bad('/mayAward', 'a custodian keeps records and awards nothing');
  const effectiveAt = readInstantField(value.effectiveAt, '/effectiveAt', bad);
  readReason(value.reason, '/reason', bad);
  const legalInstrument =
    value.legalInstrument === undefined ? undefined : readInstrument(value.legalInstrument, '/legalInstrument', bad);
  faults.done();
  return {
    predecessor: predecessor as string,
    ...(successor === undefined ? {} : { successor: successor as string }),
    kind: kind as Succession['kind'],
    mayAward: mayAward as boolean,
    effectiveAt: effectiveAt!,
    reason: value.reason as string,
    ...(legalInstrument ? { legalInstrument } : {}),
  };
}
