import { KEYSTORE } from '../readers/keystore.ts';
import type { WriteTable } from './write-table.ts';

export const keystoreWrites: WriteTable<'keystore.head'> = {
  'keystore.head': async (trx, { row: { salt, canary } }) => {
    await trx.insertInto('keystoreHeads').values({ name: KEYSTORE, salt, canary }).execute();
  },
};
