import type { Kysely } from 'kysely';
import type { InstitutionReader } from '#institutions';
import { pageOf } from '../page.ts';
import { didDocumentRow, institutionRow, signingKeyRow } from '../rows.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

const institutionOf = statement((db, { tenant }: { tenant: string }) =>
  db.selectFrom('institutions').selectAll().where('tenant', '=', tenant),
);
const keysOf = statement((db, { tenant }: { tenant: string }) =>
  db.selectFrom('signingKeys').selectAll().where('tenant', '=', tenant).orderBy('createdAt').orderBy('keyId'),
);

export function institutionReader(db: Kysely<Tables>): InstitutionReader {
  return {
    async institution(tenant) {
      const [row] = (await institutionOf(db, { tenant })).rows;
      return row && institutionRow.fromRow(row);
    },
    institutions: (page) =>
      pageOf(db.selectFrom('institutions').selectAll(), page, { tenant: 'text' }, institutionRow.fromRow),
    async signingKeys(tenant) {
      const { rows } = await keysOf(db, { tenant });
      return rows.map(signingKeyRow.fromRow);
    },
    async didDocuments(tenant) {
      const rows = await db
        .selectFrom('didDocuments')
        .selectAll()
        .where('tenant', '=', tenant)
        .orderBy('number')
        .execute();
      return rows.map(didDocumentRow.fromRow);
    },
    async lastDidDocument(tenant) {
      const row = await db
        .selectFrom('didDocuments')
        .selectAll()
        .where('tenant', '=', tenant)
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && didDocumentRow.fromRow(row);
    },
  };
}
