import type { Kysely } from 'kysely';
import type { PresentationRequestReader } from '#presentation-requests';
import { presentationRequestRow, verifierKeyRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function presentationRequestReader(db: Kysely<Tables>): PresentationRequestReader {
  return {
    async presentationRequest(requestId) {
      const query = db.selectFrom('presentationRequests').selectAll().where('requestId', '=', requestId);
      const row = await query.executeTakeFirst();
      return row && presentationRequestRow.fromRow(row);
    },
    async verifierKey() {
      const row = await db.selectFrom('verifierKeys').selectAll().orderBy('keyId').limit(1).executeTakeFirst();
      return row && verifierKeyRow.fromRow(row);
    },
  };
}
