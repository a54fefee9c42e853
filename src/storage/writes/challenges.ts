import { challengeRow } from '../rows.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

export const challengeWrites: WriteTable<'challenge.insert' | 'challenge.use'> = {
  'challenge.insert': async (trx, { row }) => {
    await trx.deleteFrom('challenges').where('expiresAt', '<', row.createdAt).execute();
    await trx
      .insertInto('challenges')
      .values({ ...challengeRow.toRow(row), usedAt: null })
      .execute();
  },
  'challenge.use': async (trx, { challenge, at }) => {
    const update = trx
      .updateTable('challenges')
      .set({ usedAt: at })
      .where('challenge', '=', challenge)
      .where('usedAt', 'is', null)
      .where('expiresAt', '>', at);
    mustMatch(await update.executeTakeFirst(), 'challenge.used');
  },
};
