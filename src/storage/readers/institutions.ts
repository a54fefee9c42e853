import type { Kysely } from 'kysely';
import type { InstitutionReader } from '#institutions';
import { pageOf } from '../page.ts';
import { institutionRow, signingKeyRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function institutionReader(db: Kysely<Tables>): InstitutionReader {
  return {
    async institution(tenant) {
      const row = await db.selectFrom('institutions').selectAll().where('tenant', '=', tenant).executeTakeFirst();
      return row && institutionRow.fromRow(row);
    },
    institutions: (page) =>
      pageOf(db.selectFrom('institutions').selectAll(), page, { tenant: 'text' }, institutionRow.fromRow),
    async signingKeys(tenant) {
      const rows = await db
        .selectFrom('signingKeys')
        .selectAll()
        .where('tenant', '=', tenant)
        .orderBy('createdAt')
        .orderBy('keyId')
        .execute();
      return rows.map(signingKeyRow.fromRow);
    },
  };
}
