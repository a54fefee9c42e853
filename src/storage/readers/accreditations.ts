import type { Kysely } from 'kysely';
import type { AccreditationReader } from '#accreditation';
import { pageOf } from '../page.ts';
import { accreditationEventRow, accreditationRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function accreditationReader(db: Kysely<Tables>): AccreditationReader {
  return {
    async accreditation(accreditationId) {
      const row = await db
        .selectFrom('accreditations')
        .selectAll()
        .where('accreditationId', '=', accreditationId)
        .executeTakeFirst();
      return row && accreditationRow.fromRow(row);
    },
    accreditations(tenant, page) {
      const query = db.selectFrom('accreditations').selectAll().where('tenant', '=', tenant);
      return pageOf(query, page, { createdAt: 'text', accreditationId: 'text' }, accreditationRow.fromRow);
    },
    /** Grants and events of one moment: an event is never seen without its grant. */
    register: (tenant) =>
      db.transaction().execute(async (trx) => {
        const grants = await trx
          .selectFrom('accreditations')
          .selectAll()
          .where('tenant', '=', tenant)
          .orderBy('createdAt')
          .orderBy('accreditationId')
          .execute();
        const events = await trx
          .selectFrom('accreditationEvents')
          .selectAll()
          .where('tenant', '=', tenant)
          .orderBy('recordedAt')
          .orderBy('accreditationId')
          .orderBy('seq')
          .execute();
        return { grants: grants.map(accreditationRow.fromRow), events: events.map(accreditationEventRow.fromRow) };
      }),
  };
}
