import type { Kysely } from 'kysely';
import type { ApiKeyReader } from '#auth';
import { pageOf } from '../page.ts';
import { apiKeyRow } from '../rows.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

const keyOf = statement((db, { keyId }: { keyId: string }) =>
  db.selectFrom('apiKeys').selectAll().where('keyId', '=', keyId),
);

export function apiKeyReader(db: Kysely<Tables>): ApiKeyReader {
  return {
    async apiKey(keyId) {
      const [row] = (await keyOf(db, { keyId })).rows;
      return row && apiKeyRow.fromRow(row);
    },
    apiKeys(tenant, page) {
      const query = db.selectFrom('apiKeys').selectAll();
      const scoped = tenant === undefined ? query : query.where('tenant', '=', tenant);
      return pageOf(scoped, page, { createdAt: 'text', keyId: 'text' }, apiKeyRow.fromRow);
    },
    async anyApiKeyExists() {
      return (await db.selectFrom('apiKeys').select('keyId').limit(1).executeTakeFirst()) !== undefined;
    },
  };
}
