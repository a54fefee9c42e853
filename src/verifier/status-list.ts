import { idOf } from '#accreditation';
import { BitstringError, decodeBitstring, getValue } from '#credentials';
import { isObject, type JsonObject, LIMITS, parseDateTimeStamp } from '#kernel';
import { strings } from './model.ts';
import type { Session } from './session.ts';
import { type BitstringEntry, readBitstringEntry } from './status-entry.ts';

/** Fewer entries than this tell too much about whom is looked up (Bitstring Status List 1.0, 2.2). */
const MIN_ENTRIES = 131_072;

/** Whose status is asked: id and issuer as the verified document states them. */
export interface StatusSubject {
  id?: string;
  issuer: string;
}

/** `evidence` has the members of a result by the standard's section 3.2: `status`, `purpose`, `valid`, `message`. */
export type StatusAnswer =
  /** `set`: the value is not 0. */
  | { outcome: 'set' | 'clear'; purpose: string; message?: string; evidence: Record<string, unknown> }
  /** Not found out. Whatever is wrong with a list, it has not said "not revoked". */
  | { outcome: 'unknown'; code: string; evidence: Record<string, unknown> };

/**
 * Bitstring Status List 1.0, section 3.2 "validate": entry, list address, list document, its proof by the issuer of the
 * credential (or whom it put in charge), its own validity, same purpose, index inside, capped expansion.
 */
export async function readBitstringStatus(
  document: JsonObject,
  of: StatusSubject,
  session: Session,
): Promise<StatusAnswer> {
  const { statusPurpose, statusListIndex, statusListCredential } = document;
  const evidence: Record<string, unknown> = {
    list: statusListCredential,
    index: statusListIndex,
    purpose: statusPurpose,
  };
  const unknown = (code: string): StatusAnswer => ({ outcome: 'unknown', code: `status_${code}`, evidence });

  const entry = readBitstringEntry(document);
  if (!entry) return unknown('entry_malformed');
  const fetched = await session.json(entry.list);
  if (!fetched.ok) return unknown(fetched.code);
  Object.assign(evidence, { fetchedAt: fetched.evidence.fetchedAt, sha256: fetched.evidence.sha256 });
  const list = fetched.document;
  const fault = shapeFault(list, entry) ?? staleness(list, session.now);
  if (fault) return unknown(fault);

  const listIssuer = idOf(list.issuer);
  if (listIssuer === undefined || !(await maySpeak(listIssuer, of.issuer, session))) return unknown('list_issuer');
  if (listIssuer !== of.issuer) evidence.listIssuer = listIssuer;
  const proof = await session.proof(list, listIssuer);
  if (proof.outcome !== 'pass') return unknown(`list_proof_${proof.outcome}`);

  const value = valueIn(list, entry);
  if (typeof value === 'string') return unknown(value);
  const message = entry.messages?.get(value);
  Object.assign(evidence, {
    status: value,
    valid: value === 0,
    ...(message === undefined ? {} : { message }),
    ...(list.validFrom === undefined ? {} : { listValidFrom: list.validFrom }),
  });
  const outcome = value === 0 ? 'clear' : 'set';
  return { outcome, purpose: entry.purpose, evidence, ...(message === undefined ? {} : { message }) };
}

/** @returns the code of the first thing that makes it not the list the entry speaks of */
function shapeFault(list: JsonObject, entry: BitstringEntry): string | undefined {
  const subject = list.credentialSubject;
  const types = strings(list.type);
  if (!types.includes('VerifiableCredential') || !types.includes('BitstringStatusListCredential')) return 'list_type';
  if (!isObject(subject) || !strings(subject.type).includes('BitstringStatusList')) return 'list_type';
  if (list.id !== entry.list) return 'list_id';
  if (!strings(subject.statusPurpose).includes(entry.purpose)) return 'list_purpose';
  const { ttl } = subject;
  if (ttl !== undefined && (typeof ttl !== 'number' || !Number.isSafeInteger(ttl) || ttl < 0)) return 'list_ttl';
  return undefined;
}

/**
 * Whether `listIssuer` may say what became of the credentials of `issuer`: itself, or who controls its DID document (DID
 * Core 5.1.2) and so could sign in its name anyway. Nobody else, whatever the entry points to.
 */
async function maySpeak(listIssuer: string, issuer: string, session: Session): Promise<boolean> {
  if (listIssuer === issuer) return true;
  if (!issuer.startsWith('did:')) return false;
  const resolved = await session.resolve(issuer);
  return resolved.outcome === 'ok' && strings(resolved.document.controller).includes(listIssuer);
}

/** A list must not be looked at before it holds; one past its end could hide a revocation. */
function staleness(list: JsonObject, now: Date): string | undefined {
  const from = list.validFrom === undefined ? undefined : parseDateTimeStamp(list.validFrom);
  const until = list.validUntil === undefined ? undefined : parseDateTimeStamp(list.validUntil);
  if ((list.validFrom !== undefined && !from) || (list.validUntil !== undefined && !until)) return 'list_dates';
  if (from && now.getTime() + LIMITS.clockSkew < from.getTime()) return 'list_not_yet_valid';
  if (until && Math.floor(now.getTime() / 1000) * 1000 > until.getTime()) return 'list_stale';
  return undefined;
}

/** @returns the value, or the code of why there is none */
function valueIn(list: JsonObject, { index, size }: BitstringEntry): number | string {
  const { encodedList } = list.credentialSubject as JsonObject;
  if (typeof encodedList !== 'string') return 'list_encoding';
  try {
    const bits = decodeBitstring(encodedList);
    if ((bits.length * 8) / size < MIN_ENTRIES) return 'list_length';
    return getValue(bits, index, size);
  } catch (error) {
    if (error instanceof RangeError) return 'index_out_of_range';
    if (error instanceof BitstringError) return 'list_encoding';
    throw error;
  }
}
