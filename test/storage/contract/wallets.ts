import { describe, expect, it } from 'vitest';
import type { WalletIssuanceRecord } from '#wallets';
import { at } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function walletContract(open: Open): void {
  describe('what wallets were told', () => {
    const store = opened(open, 'uno');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const row = (issuanceId: string, more: Partial<WalletIssuanceRecord> = {}): WalletIssuanceRecord => ({
      ...{ tenant: 'uno', issuanceId, offerId: 'o1', format: 'ldp_vc', holders: ['did:key:z1', 'did:key:z2'] },
      ...{ state: 'deferred', createdAt: at(0), expiresAt: at(10) },
      ...more,
    });
    const issued = (issuanceId: string) => commit({ op: 'walletIssuance.issued', issuanceId });

    it('is one thing for each offer and format', async () => {
      await commit({ op: 'walletIssuance.insert', row: row('w1') });
      await commit({ op: 'walletIssuance.insert', row: row('w2', { format: 'jwt_vc_json', state: 'issued' }) });
      await commit({ op: 'walletIssuance.insert', row: row('w3', { offerId: 'o2' }) });
      const second = commit({ op: 'walletIssuance.insert', row: row('w4', { holders: ['did:key:z3'] }) });
      await expect(second).rejects.toMatchObject({ table: 'wallet_issuances' });
      const { reader } = store();
      expect(await reader.walletIssuance('w1')).toEqual(row('w1'));
      expect(await reader.walletIssuance('w4')).toBeUndefined();
      expect((await reader.walletIssuancesOf('o1')).map(({ issuanceId }) => issuanceId)).toEqual(['w2', 'w1']);
      expect(await reader.walletIssuancesOf('o3')).toEqual([]);
    });

    it('goes from deferred to issued, and keeps the last word of the wallet', async () => {
      await issued('w1');
      await issued('w1');
      await commit({ op: 'walletIssuance.notified', issuanceId: 'w1', event: 'credential_accepted', at: at(2) });
      await commit({ op: 'walletIssuance.notified', issuanceId: 'w1', event: 'credential_deleted', at: at(3) });
      const said = { state: 'issued', event: 'credential_deleted', eventAt: at(3) } as const;
      expect(await store().reader.walletIssuance('w1')).toEqual(row('w1', said));
    });

    it('is forgotten on demand, and when it is over and another comes', async () => {
      await commit({ op: 'walletIssuance.remove', issuanceId: 'w2' });
      await commit({ op: 'walletIssuance.remove', issuanceId: 'w2' });
      expect(await store().reader.walletIssuance('w2')).toBeUndefined();
      await commit({
        op: 'walletIssuance.insert',
        row: row('w5', { offerId: 'o5', createdAt: at(11), expiresAt: at(20) }),
      });
      expect(await store().reader.walletIssuance('w1')).toBeUndefined();
      expect(await store().reader.walletIssuance('w5')).toBeDefined();
    });
  });
}
