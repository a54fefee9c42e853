import type { Transaction } from 'kysely';
import { AUDIT_START, type AuditWrite, auditHash } from '#observability';
import { auditRow } from '../rows.ts';
import { insertion, isHere, statement } from '../statement.ts';
import type { Tables } from '../tables.ts';
import type { WriteTable } from './write-table.ts';

/** Rows per statement, below every engine's limit of parameters (10 columns). */
const CHUNK = 500;

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
  const rows = writes.map(({ op: _, ...write }) => {
    const entry = { ...write, seq: ++seq, previousHash: hash };
    hash = auditHash(entry);
    return auditRow.toRow({ ...entry, hash });
  });
  if (rows.length === 1 || isHere(trx)) {
    // To write out a statement for so many costs more than to run this one so often, where it goes no way.
    for (const row of rows) await insertEntry(trx, row);
    return;
  }
  for (let from = 0; from < rows.length; from += CHUNK) {
    const part = rows.slice(from, from + CHUNK).map((row) => ({ ...ABSENT, ...row }));
    await trx.insertInto('audit').values(part).execute();
  }
}

/** Every row names every column: several rows are one statement. */
const ABSENT = { objectSha256: null, detail: null };
