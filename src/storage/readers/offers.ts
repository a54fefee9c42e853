import type { Kysely } from 'kysely';
import type { OfferReader, OfferRecord } from '#offers';
import { pageOf } from '../page.ts';
import { offerRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { CHUNK } from './credentials.ts';

export function offerReader(db: Kysely<Tables>): OfferReader {
  const all = () => db.selectFrom('offers').selectAll();
  return {
    async offer(offerId) {
      const row = await all().where('offerId', '=', offerId).executeTakeFirst();
      return row && offerRow.fromRow(row);
    },
    async offerBySecret(secretSha256) {
      const row = await all().where('secretSha256', '=', secretSha256).executeTakeFirst();
      return row && offerRow.fromRow(row);
    },
    offers(filter, page) {
      let query = all().where('tenant', '=', filter.tenant);
      if (filter.credentialId !== undefined) query = query.where('credentialId', '=', filter.credentialId);
      if (filter.state !== undefined) query = query.where('state', '=', filter.state);
      return pageOf(query, page, { createdAt: 'text', offerId: 'text' }, offerRow.fromRow);
    },
    async offersOf(tenant, credentialIds) {
      const newest = new Map<string, OfferRecord>();
      for (let from = 0; from < credentialIds.length; from += CHUNK) {
        const rows = await all()
          .where('tenant', '=', tenant)
          .where('credentialId', 'in', credentialIds.slice(from, from + CHUNK))
          .orderBy('createdAt')
          .orderBy('offerId')
          .execute();
        for (const row of rows) newest.set(row.credentialId, offerRow.fromRow(row));
      }
      return newest;
    },
  };
}
