import { sha256Hex } from '#kernel';
import type { AuditEntry } from './ports.ts';

/** `previousHash` of the first entry. */
export const AUDIT_GENESIS = '0'.repeat(64);

/**
 * The chain value of one entry: SHA-256 (hex) over its JSON text without `hash`. The member order is fixed here and not
 * taken from the object, so that an entry read back from any engine hashes alike; absent members are left out.
 */
export function auditHash(entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, tenant, actor, operation, object, objectSha256, detail, previousHash } = entry;
  return sha256Hex(JSON.stringify({ seq, at, tenant, actor, operation, object, objectSha256, detail, previousHash }));
}

/** Where a chain stands: the next entry has `seq + 1` and names `hash` as its previous hash. */
export interface AuditPosition {
  seq: number;
  hash: string;
}

/** The position before the first entry. */
export const AUDIT_START: AuditPosition = Object.freeze({ seq: 0, hash: AUDIT_GENESIS });

export type AuditVerdict =
  | { ok: true; last: AuditPosition }
  /** `seq` is the first number that is missing, doubled or changed. */
  | { ok: false; seq: number; reason: 'gap' | 'previous-hash' | 'hash' };

/**
 * Checks that the entries, of all tenants and in order of `seq`, continue the chain from `from` without a gap: an edited,
 * deleted, inserted or moved entry is found. An entry cut off at the end cannot be found from the entries alone: compare
 * `last` with a position kept elsewhere.
 * @param from position after the entries checked before; default the start of the log
 */
export function verifyAuditChain(entries: Iterable<AuditEntry>, from: AuditPosition = AUDIT_START): AuditVerdict {
  let last = from;
  for (const entry of entries) {
    const seq = last.seq + 1;
    if (entry.seq !== seq) return { ok: false, seq, reason: 'gap' };
    if (entry.previousHash !== last.hash) return { ok: false, seq, reason: 'previous-hash' };
    if (entry.hash !== auditHash(entry)) return { ok: false, seq, reason: 'hash' };
    last = { seq, hash: entry.hash };
  }
  return { ok: true, last };
}
