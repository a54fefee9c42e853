import { exchangeRow } from '../rows.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

export const exchangeWrites: WriteTable<'exchange.insert' | 'exchange.advance' | 'exchange.refused'> = {
  'exchange.insert': async (trx, { row }) => {
    await trx.insertInto('exchanges').values(exchangeRow.toRow(row)).execute();
  },
  'exchange.advance': async (trx, { from, row }) => {
    const { state, sequence, challenge, challengeExpiresAt, lastError, updatedAt } = row;
    const update = trx
      .updateTable('exchanges')
      .set({
        ...{ state, sequence, updatedAt },
        challenge: challenge ?? null,
        challengeExpiresAt: challengeExpiresAt ?? null,
        lastError: lastError ?? null,
      })
      .where('tenant', '=', row.tenant)
      .where('offerId', '=', row.offerId)
      .where('sequence', '=', from)
      .where('state', '<>', 'complete');
    mustMatch(await update.executeTakeFirst(), 'exchange.sequence');
  },
  'exchange.refused': async (trx, { offerId, lastError, at }) => {
    await trx
      .updateTable('exchanges')
      .set({ lastError, updatedAt: at })
      .where('offerId', '=', offerId)
      .where('state', 'in', ['pending', 'active'])
      .execute();
  },
};
