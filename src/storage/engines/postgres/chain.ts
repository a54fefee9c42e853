import { CompiledQuery, type Transaction } from 'kysely';
import { AUDIT_START, type AuditPosition, type AuditWrite, auditHash } from '#observability';
import { auditRow } from '../../rows.ts';
import type { Tables } from '../../tables.ts';
import { inserting } from './arrays.ts';

const LAST = 'select seq, hash from audit order by seq desc limit 1';
const insertEntries = inserting('audit', {
  text: ['tenant', 'at', 'actor', 'operation', 'object', 'object_sha256', 'detail', 'previous_hash', 'hash'],
  bigint: ['seq'],
});

/**
 * All entries of a commit in one statement. Only one transaction at a time comes this far, so the last row stays the last
 * until the commit.
 */
export async function appendChain(trx: Transaction<Tables>, writes: readonly AuditWrite[]): Promise<void> {
  const { rows: found } = await trx.executeQuery<AuditPosition>(CompiledQuery.raw(LAST));
  let { seq, hash } = found[0] ?? AUDIT_START;
  const rows = writes.map(({ op: _, ...write }) => {
    const entry = { ...write, seq: ++seq, previousHash: hash };
    hash = auditHash(entry);
    return auditRow.toRow({ ...entry, hash });
  });
  await insertEntries(trx, rows);
}
