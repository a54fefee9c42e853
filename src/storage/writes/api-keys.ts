import { sql } from 'kysely';
import { UniqueViolation } from '#kernel';
import { apiKeyRow } from '../rows.ts';
import { mustExist, type WriteTable } from './write-table.ts';

export const apiKeyWrites: WriteTable<'apiKey.insert' | 'apiKey.first' | 'apiKey.revoke'> = {
  'apiKey.insert': async (trx, { row }) => {
    await trx.insertInto('apiKeys').values(apiKeyRow.toRow(row)).execute();
  },
  'apiKey.first': async (trx, { row }) => {
    const any = await trx.selectFrom('apiKeys').select('keyId').limit(1).executeTakeFirst();
    if (any) throw new UniqueViolation('apiKey.first');
    await trx.insertInto('apiKeys').values(apiKeyRow.toRow(row)).execute();
  },
  /** Revoking twice keeps the first instant. */
  'apiKey.revoke': async (trx, { tenant, keyId, revokedAt }) => {
    const update = trx
      .updateTable('apiKeys')
      .set({ revokedAt: sql<string>`coalesce(revoked_at, ${revokedAt})` })
      .where('tenant', '=', tenant)
      .where('keyId', '=', keyId);
    mustExist(await update.executeTakeFirst(), 'API key');
  },
};
