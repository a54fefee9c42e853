import type { Transaction } from 'kysely';
import { AUDIT_START, type AuditWrite, auditHash } from '#observability';
import { auditRow } from '../rows.ts';
import { insertion, statement } from '../statement.ts';
import type { Tables } from '../tables.ts';
import type { WriteTable } from './write-table.ts';

export const auditWrites: WriteTable<'audit.append'> = {
  'audit.append': (trx, write) => appendAudit(trx, [write]),
};

const lastEntry = statement((db) => db.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1));
const insertEntry = insertion('audit', [
  ...([
    'tenant',
    'seq',
    'at',
    'actor',
    'operation',
    'object',
    'objectSha256',
    'detail',
    'previousHash',
    'hash',
  ] as const),
]);

/** The engine lets only one transaction at a time come this far, so the last row stays the last until the commit. */
export async function appendAudit(trx: Transaction<Tables>, writes: readonly AuditWrite[]): Promise<void> {
  const [last] = (await lastEntry(trx, {})).rows;
  let { seq, hash } = last ?? AUDIT_START;
  for (const { op: _, ...write } of writes) {
    const entry = { ...write, seq: ++seq, previousHash: hash };
    hash = auditHash(entry);
    // One by one: to write out a statement for so many costs more than to run this one so often.
    await insertEntry(trx, auditRow.toRow({ ...entry, hash }));
  }
}
