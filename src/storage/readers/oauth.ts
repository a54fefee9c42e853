import type { Kysely } from 'kysely';
import type { OAuthReader, PlatformReader } from '#oauth';
import { pageOf } from '../page.ts';
import { oauthClientRow, oauthKeyRow, oauthRecordRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function oauthReader(db: Kysely<Tables>): Omit<OAuthReader, keyof PlatformReader> {
  const records = (model: string) => db.selectFrom('oauthRecords').selectAll().where('model', '=', model);
  return {
    async oauthRecord(model, idSha256) {
      const row = await records(model).where('idSha256', '=', idSha256).executeTakeFirst();
      return row && oauthRecordRow.fromRow(row);
    },
    async oauthRecordByUid(model, uidSha256) {
      const row = await records(model).where('uidSha256', '=', uidSha256).executeTakeFirst();
      return row && oauthRecordRow.fromRow(row);
    },
    async oauthKey() {
      const row = await db.selectFrom('oauthKeys').selectAll().orderBy('keyId').limit(1).executeTakeFirst();
      return row && oauthKeyRow.fromRow(row);
    },
    async oauthClient(clientId) {
      const row = await db.selectFrom('oauthClients').selectAll().where('clientId', '=', clientId).executeTakeFirst();
      return row && oauthClientRow.fromRow(row);
    },
    oauthClients(tenant, page) {
      const query = db.selectFrom('oauthClients').selectAll();
      const scoped = tenant === undefined ? query : query.where('tenant', '=', tenant);
      return pageOf(scoped, page, { createdAt: 'text', clientId: 'text' }, oauthClientRow.fromRow);
    },
  };
}
