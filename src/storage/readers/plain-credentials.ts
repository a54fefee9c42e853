import { type Kysely, sql } from 'kysely';
import type { PlainCredentialReader } from '#credentials';
import { plainCredentialRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function plainCredentialReader(db: Kysely<Tables>): PlainCredentialReader {
  const all = () => db.selectFrom('plainCredentials').selectAll();
  return {
    async plainCredential(tenant, credentialId) {
      const row = await all().where('tenant', '=', tenant).where('credentialId', '=', credentialId).executeTakeFirst();
      return row && plainCredentialRow.fromRow(row);
    },
    async plainCredentialsNamed(tenant, localId, limit) {
      const rows = await all()
        .where('tenant', '=', tenant)
        .where('localId', '=', localId)
        .where('phase', '=', 'issued')
        .orderBy('issuedAt', 'desc')
        .orderBy('credentialId', 'desc')
        .limit(limit)
        .execute();
      return rows.map(plainCredentialRow.fromRow);
    },
    async preparedPlainCredentials(limit) {
      const rows = await all()
        .where(sql<boolean>`phase = 'prepared'`)
        .orderBy('preparedAt')
        .orderBy('credentialId')
        .limit(limit)
        .execute();
      return rows.map(plainCredentialRow.fromRow);
    },
  };
}
