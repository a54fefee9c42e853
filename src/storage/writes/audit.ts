import { AUDIT_START, auditHash } from '#observability';
import { auditRow } from '../rows.ts';
import type { WriteTable } from './write-table.ts';

export const auditWrites: WriteTable<'audit.append'> = {
  /** The engine lets only one transaction at a time come this far, so the last row stays the last until the commit. */
  'audit.append': async (trx, { op: _, ...write }) => {
    const last = await trx
      .selectFrom('audit')
      .select(['seq', 'hash'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    const { seq, hash: previousHash } = last ?? AUDIT_START;
    const entry = { ...write, seq: seq + 1, previousHash };
    await trx
      .insertInto('audit')
      .values(auditRow.toRow({ ...entry, hash: auditHash(entry) }))
      .execute();
  },
};
