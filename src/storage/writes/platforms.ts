import type { Transaction } from 'kysely';
import { connectionRow, holderProfileRow, platformRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

export const platformWrites: WriteTable<
  'platform.insert' | 'connection.insert' | 'connection.end' | 'holderProfile.put'
> = {
  'platform.insert': async (trx, { row }) => {
    await trx.insertInto('platforms').values(platformRow.toRow(row)).execute();
  },

  'connection.insert': async (trx, { row: { identifiers, ...row } }) => {
    const used = trx.updateTable('platforms').set({ usedAt: row.createdAt }).where('clientId', '=', row.clientId);
    mustMatch(await used.executeTakeFirst(), 'platform.gone');
    await trx.insertInto('connections').values(connectionRow.toRow(row)).execute();
    for (const { kind, value, provenAt } of identifiers) {
      if (kind === 'studentNumber') throw new Error('a student number is never stored as proven');
      const proven = { connectionId: row.connectionId, kind, value, provenAt };
      await trx.insertInto('connectionIdentifiers').values(proven).execute();
    }
  },

  'connection.end': (trx, { connectionId }) => endConnection(trx, connectionId),

  'holderProfile.put': async (trx, { row }) => {
    const { document, updatedAt } = row;
    await trx
      .insertInto('holderProfiles')
      .values(holderProfileRow.toRow(row))
      .onConflict((conflict) => conflict.column('email').doUpdateSet({ document, updatedAt }))
      .execute();
  },
};

/** With the grant, its codes and its tokens. */
export async function endConnection(trx: Transaction<Tables>, connectionId: string): Promise<void> {
  const row = await trx
    .selectFrom('connections')
    .select('grantSha256')
    .where('connectionId', '=', connectionId)
    .executeTakeFirst();
  if (!row) return;
  const { grantSha256 } = row;
  await trx.deleteFrom('oauthRecords').where('grantSha256', '=', grantSha256).execute();
  await trx.deleteFrom('oauthRecords').where('model', '=', 'Grant').where('idSha256', '=', grantSha256).execute();
  await forget(trx, [connectionId]);
}

/** Those that rest on a grant that was revoked, or are over. */
export async function endConnectionsWhere(
  trx: Transaction<Tables>,
  which: { grantSha256: string } | { overAt: string },
): Promise<void> {
  const query = trx.selectFrom('connections').select('connectionId');
  const rows = await ('grantSha256' in which
    ? query.where('grantSha256', '=', which.grantSha256)
    : query.where('expiresAt', '<=', which.overAt)
  ).execute();
  await forget(
    trx,
    rows.map(({ connectionId }) => connectionId),
  );
}

async function forget(trx: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await trx.deleteFrom('connectionIdentifiers').where('connectionId', '=', id).execute();
    await trx.deleteFrom('connections').where('connectionId', '=', id).execute();
  }
}
