import type { Kysely } from 'kysely';
import type { EquivalenceReader } from '#equivalences';
import { pageOf } from '../page.ts';
import { equivalenceEditionRow, equivalenceEventRow, equivalenceRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function equivalenceReader(db: Kysely<Tables>): EquivalenceReader {
  return {
    async equivalence(equivalenceId) {
      const row = await db
        .selectFrom('equivalences')
        .selectAll()
        .where('equivalenceId', '=', equivalenceId)
        .executeTakeFirst();
      return row && equivalenceRow.fromRow(row);
    },
    equivalences({ tenant, state }, page) {
      const own = db.selectFrom('equivalences').selectAll().where('tenant', '=', tenant);
      const query = state === undefined ? own : own.where('state', '=', state);
      return pageOf(query, page, { createdAt: 'text', equivalenceId: 'text' }, equivalenceRow.fromRow);
    },
    async equivalenceEdition(equivalenceId, edition) {
      const query = db
        .selectFrom('equivalenceEditions')
        .selectAll()
        .where('equivalenceId', '=', equivalenceId)
        .orderBy('edition', 'desc')
        .limit(1);
      const row = await (edition === undefined ? query : query.where('edition', '=', edition)).executeTakeFirst();
      return row && equivalenceEditionRow.fromRow(row);
    },
    async equivalenceEvents(equivalenceId) {
      const rows = await db
        .selectFrom('equivalenceEvents')
        .selectAll()
        .where('equivalenceId', '=', equivalenceId)
        .orderBy('seq')
        .execute();
      return rows.map(equivalenceEventRow.fromRow);
    },
  };
}
