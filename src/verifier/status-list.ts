import { BitstringError, decodeBitstring, getBit } from '#credentials';
import { isObject, type JsonObject, LIMITS, parseDateTimeStamp } from '#kernel';
import { strings } from './model.ts';
import type { Session } from './session.ts';

/** Fewer entries than this tell too much about whom is looked up (Bitstring Status List 1.0, 2.2). */
const MIN_ENTRIES = 131_072;
const INDEX = /^(?:0|[1-9]\d{0,9})$/;

export type StatusAnswer =
  | { outcome: 'set' | 'clear'; purpose: string; evidence: Record<string, unknown> }
  /** Not found out. Whatever is wrong with a list, it has not said "not revoked". */
  | { outcome: 'unknown'; code: string; evidence: Record<string, unknown> };

/**
 * Bitstring Status List 1.0, section 3.2 "validate": entry, list address, list document, its proof by the issuer of the
 * credential, its own validity, same purpose, index inside, capped expansion.
 */
export async function readStatus(entry: JsonObject, issuer: string, session: Session): Promise<StatusAnswer> {
  const { statusPurpose, statusListIndex, statusListCredential: url, statusSize } = entry;
  const evidence: Record<string, unknown> = { list: url, index: statusListIndex, purpose: statusPurpose };
  const unknown = (code: string): StatusAnswer => ({ outcome: 'unknown', code: `status_${code}`, evidence });

  if (typeof statusPurpose !== 'string' || typeof url !== 'string' || entry.id === url)
    return unknown('entry_malformed');
  if (typeof statusListIndex !== 'string' || !INDEX.test(statusListIndex)) return unknown('entry_malformed');
  if (statusSize !== undefined && statusSize !== 1) return unknown('size_unsupported');

  const fetched = await session.json(url);
  if (!fetched.ok) return unknown(fetched.code);
  Object.assign(evidence, { fetchedAt: fetched.evidence.fetchedAt, sha256: fetched.evidence.sha256 });
  const list = fetched.document;
  const subject = list.credentialSubject;
  const types = strings(list.type);
  if (!types.includes('VerifiableCredential') || !types.includes('BitstringStatusListCredential')) {
    return unknown('list_type');
  }
  if (!isObject(subject) || !strings(subject.type).includes('BitstringStatusList')) return unknown('list_type');
  if (list.id !== url) return unknown('list_id');
  const listIssuer = isObject(list.issuer) ? list.issuer.id : list.issuer;
  if (listIssuer !== issuer) return unknown('list_issuer');
  if (!strings(subject.statusPurpose).includes(statusPurpose)) return unknown('list_purpose');

  const stale = staleness(list, session.now);
  if (stale) return unknown(stale);
  const proof = await session.proof(list, issuer);
  if (proof.outcome !== 'pass') return unknown(`list_proof_${proof.outcome}`);
  if (typeof subject.encodedList !== 'string') return unknown('list_encoding');
  try {
    const bits = decodeBitstring(subject.encodedList);
    if (bits.length * 8 < MIN_ENTRIES) return unknown('list_length');
    evidence.listValidFrom = list.validFrom;
    return { outcome: getBit(bits, Number(statusListIndex)) ? 'set' : 'clear', purpose: statusPurpose, evidence };
  } catch (error) {
    if (error instanceof RangeError) return unknown('index_out_of_range');
    if (error instanceof BitstringError) return unknown('list_encoding');
    throw error;
  }
}

/** A list must say from when it holds; one past its end could hide a revocation. */
function staleness(list: JsonObject, now: Date): string | undefined {
  const from = parseDateTimeStamp(list.validFrom);
  const until = list.validUntil === undefined ? undefined : parseDateTimeStamp(list.validUntil);
  if (!from || (list.validUntil !== undefined && !until)) return 'list_dates';
  if (now.getTime() + LIMITS.clockSkew < from.getTime()) return 'list_not_yet_valid';
  if (until && Math.floor(now.getTime() / 1000) * 1000 > until.getTime()) return 'list_stale';
  return undefined;
}
