import { walletIssuanceRow } from '../rows.ts';
import type { WriteTable } from './write-table.ts';

export const walletWrites: WriteTable<
  'walletIssuance.insert' | 'walletIssuance.issued' | 'walletIssuance.remove' | 'walletIssuance.notified'
> = {
  'walletIssuance.insert': async (trx, { row }) => {
    await trx.deleteFrom('walletIssuances').where('expiresAt', '<', row.createdAt).execute();
    await trx
      .insertInto('walletIssuances')
      .values({ ...walletIssuanceRow.toRow(row), event: null, eventAt: null })
      .execute();
  },
  'walletIssuance.issued': async (trx, { issuanceId }) => {
    await trx.updateTable('walletIssuances').set({ state: 'issued' }).where('issuanceId', '=', issuanceId).execute();
  },
  'walletIssuance.remove': async (trx, { issuanceId }) => {
    await trx.deleteFrom('walletIssuances').where('issuanceId', '=', issuanceId).execute();
  },
  'walletIssuance.notified': async (trx, { issuanceId, event, at }) => {
    const update = trx.updateTable('walletIssuances').set({ event, eventAt: at });
    await update.where('issuanceId', '=', issuanceId).execute();
  },
};
