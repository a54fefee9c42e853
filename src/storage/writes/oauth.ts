import { sql } from 'kysely';
import { oauthClientRow, oauthKeyRow, oauthRecordRow } from '../rows.ts';
import { endConnectionsWhere } from './platforms.ts';
import { mustExist, mustMatch, type WriteTable } from './write-table.ts';

type Op =
  | `oauth.${'upsert' | 'consume' | 'remove' | 'revokeGrant' | 'sweep' | 'key'}`
  | `oauthClient.${'insert' | 'revoke'}`;

export const oauthWrites: WriteTable<Op> = {
  'oauth.upsert': async (trx, { row }) => {
    const { payload, expiresAt, grantSha256 = null, uidSha256 = null } = row;
    await trx
      .insertInto('oauthRecords')
      .values({ ...oauthRecordRow.toRow(row), grantSha256, uidSha256, consumedAt: null })
      .onConflict((conflict) =>
        conflict.columns(['model', 'idSha256']).doUpdateSet({ payload, expiresAt, grantSha256, uidSha256 }),
      )
      .execute();
  },
  'oauth.consume': async (trx, { model, idSha256, at }) => {
    const update = trx
      .updateTable('oauthRecords')
      .set({ consumedAt: at })
      .where('model', '=', model)
      .where('idSha256', '=', idSha256)
      .where('consumedAt', 'is', null)
      .where('expiresAt', '>', at);
    mustMatch(await update.executeTakeFirst(), 'oauth.consumed');
  },
  'oauth.remove': async (trx, { model, idSha256 }) => {
    await trx.deleteFrom('oauthRecords').where('model', '=', model).where('idSha256', '=', idSha256).execute();
  },
  'oauth.revokeGrant': async (trx, { grantSha256 }) => {
    await trx.deleteFrom('oauthRecords').where('grantSha256', '=', grantSha256).execute();
    await endConnectionsWhere(trx, { grantSha256 });
  },
  'oauth.sweep': async (trx, { at, unusedBefore }) => {
    await trx.deleteFrom('oauthRecords').where('expiresAt', '<=', at).execute();
    await endConnectionsWhere(trx, { overAt: at });
    const unused = trx.deleteFrom('platforms').where('usedAt', 'is', null);
    await unused.where('createdAt', '<', unusedBefore).execute();
  },
  'oauth.key': async (trx, { row }) => {
    await trx.insertInto('oauthKeys').values(oauthKeyRow.toRow(row)).execute();
  },
  'oauthClient.insert': async (trx, { row }) => {
    await trx.insertInto('oauthClients').values(oauthClientRow.toRow(row)).execute();
  },
  'oauthClient.revoke': async (trx, { tenant, clientId, revokedAt }) => {
    const update = trx
      .updateTable('oauthClients')
      .set({ revokedAt: sql<string>`coalesce(revoked_at, ${revokedAt})` })
      .where('tenant', '=', tenant)
      .where('clientId', '=', clientId);
    mustExist(await update.executeTakeFirst(), 'OAuth client');
  },
};
