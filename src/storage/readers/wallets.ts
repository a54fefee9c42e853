import type { Kysely } from 'kysely';
import type { WalletIssuanceReader } from '#wallets';
import { walletIssuanceRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function walletReader(db: Kysely<Tables>): WalletIssuanceReader {
  const issuances = () => db.selectFrom('walletIssuances').selectAll();
  return {
    async walletIssuance(issuanceId) {
      const row = await issuances().where('issuanceId', '=', issuanceId).executeTakeFirst();
      return row && walletIssuanceRow.fromRow(row);
    },
    async walletIssuancesOf(offerId) {
      const rows = await issuances().where('offerId', '=', offerId).orderBy('format').execute();
      return rows.map(walletIssuanceRow.fromRow);
    },
  };
}
