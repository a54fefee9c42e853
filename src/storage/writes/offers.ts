import type { Transaction } from 'kysely';
import { offerRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

export const offerWrites: WriteTable<
  | 'offer.insert'
  | 'offer.tryCode'
  | 'offer.rightCode'
  | 'offer.wrongCode'
  | 'offer.take'
  | 'offer.renew'
  | 'offer.withdraw'
  | 'offer.accept'
> = {
  'offer.insert': async (trx, { row }) => {
    if (row.state !== 'open' || row.tries !== 0) throw new Error('an offer starts open');
    await trx.insertInto('offers').values(offerRow.toRow(row)).execute();
  },

  'offer.tryCode': async (trx, { offerId, at, most }) => {
    const update = open(trx, offerId, at)
      .set((eb) => ({ tries: eb('tries', '+', 1) }))
      .where('tries', '<', most);
    mustMatch(await update.executeTakeFirst(), 'offer.tries');
  },

  'offer.rightCode': async (trx, { offerId }) => {
    await trx
      .updateTable('offers')
      .set((eb) => ({ tries: eb('tries', '-', 1) }))
      .where('offerId', '=', offerId)
      .where('tries', '>', 0)
      .execute();
  },

  'offer.wrongCode': async (trx, { offerId, most }) => {
    await trx
      .updateTable('offers')
      .set({ state: 'locked' })
      .where('offerId', '=', offerId)
      .where('state', '=', 'open')
      .where('tries', '>=', most)
      .execute();
  },

  'offer.take': async (trx, { offerId, holders, door, at }) => {
    const update = open(trx, offerId, at).set({
      ...{ state: 'taken', holders: JSON.stringify(holders), takenAt: at },
      takenBy: door as 'page',
    });
    mustMatch(await update.executeTakeFirst(), 'offer.state');
  },

  'offer.renew': async (trx, { offerId, edition, secretSha256, at }) => {
    const update = open(trx, offerId, at)
      .set({ secretSha256, edition: edition + 1 })
      .where((eb) => eb(eb.fn.coalesce('edition', eb.lit(0)), '=', edition));
    mustMatch(await update.executeTakeFirst(), 'offer.state');
  },

  'offer.withdraw': async (trx, { tenant, offerId, by }) => {
    const update = trx
      .updateTable('offers')
      .set({ state: 'withdrawn', withdrawnBy: by })
      .where('tenant', '=', tenant)
      .where('offerId', '=', offerId)
      .where('state', 'in', ['open', 'locked']);
    mustMatch(await update.executeTakeFirst(), 'offer.state');
  },

  'offer.accept': async (trx, { offerId, at }) => {
    const update = trx
      .updateTable('offers')
      .set({ acceptedAt: at })
      .where('offerId', '=', offerId)
      .where('acceptedAt', 'is', null)
      .where((eb) => eb.or([eb('state', '=', 'taken'), eb.and([eb('state', '=', 'open'), eb('expiresAt', '>', at)])]));
    mustMatch(await update.executeTakeFirst(), 'offer.state');
  },
};

function open(trx: Transaction<Tables>, offerId: string, at: string) {
  return trx
    .updateTable('offers')
    .where('offerId', '=', offerId)
    .where('state', '=', 'open')
    .where('expiresAt', '>', at);
}
