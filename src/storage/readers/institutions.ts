import type { Kysely } from 'kysely';
import type { InstitutionReader } from '#institutions';
import { pageOf } from '../page.ts';
import { didDocumentRow, institutionRow, signingKeyRow, signingStopRow } from '../rows.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

const institutionOf = statement((db, { tenant }: { tenant: string }) =>
  db.selectFrom('institutions').selectAll().where('tenant', '=', tenant),
);
const keysOf = statement((db, { tenant }: { tenant: string }) =>
  db.selectFrom('signingKeys').selectAll().where('tenant', '=', tenant).orderBy('createdAt').orderBy('keyId'),
);
const stopsOf = statement((db, { tenant }: { tenant: string }) =>
  db
    .selectFrom('signingStops')
    .select(({ fn }) => ['keyId', fn.min('stoppedAt').as('stoppedAt')])
    .where('tenant', '=', tenant)
    .where('liftedAt', 'is', null)
    .groupBy('keyId'),
);
/** Each is looked at by a person. */
const OPEN_STOPS = 1_000;

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
      const stops = (await stopsOf(db, { tenant })).rows;
      return rows.map(signingKeyRow.fromRow).map((key) => {
        const stop = stops.find(({ keyId }) => keyId === key.keyId);
        return stop ? { ...key, stoppedAt: stop.stoppedAt } : key;
      });
    },
    async openSigningStops() {
      const open = db.selectFrom('signingStops').selectAll().where('liftedAt', 'is', null);
      const rows = await open.orderBy('stoppedAt').orderBy('stopId').limit(OPEN_STOPS).execute();
      return rows.map(signingStopRow.fromRow);
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
