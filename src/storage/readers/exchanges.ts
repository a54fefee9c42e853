import type { Kysely } from 'kysely';
import type { ExchangeReader } from '#exchanges';
import { exchangeRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function exchangeReader(db: Kysely<Tables>): ExchangeReader {
  return {
    async exchange(offerId) {
      const row = await db.selectFrom('exchanges').selectAll().where('offerId', '=', offerId).executeTakeFirst();
      return row && exchangeRow.fromRow(row);
    },
  };
}
