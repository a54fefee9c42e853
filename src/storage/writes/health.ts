import type { WriteTable } from './write-table.ts';

/** Name of the only row. */
const BEAT = 'beat';

export const healthWrites: WriteTable<'health.beat'> = {
  'health.beat': async (trx, { at }) => {
    await trx
      .insertInto('heartbeats')
      .values({ name: BEAT, at })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ at }))
      .execute();
  },
};
