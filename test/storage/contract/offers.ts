import { describe, expect, it } from 'vitest';
import { sha256Hex } from '#kernel';
import type { OfferRecord } from '#offers';
import { at, credential, offer } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function offerContract(open: Open): void {
  describe('offers', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    let next = 0;
    /** Of a new award of the tenant. */
    const insert = async (tenant: string, id: string, more: Partial<OfferRecord> = {}) => {
      const credentialId = more.credentialId ?? `of-${id}`;
      const known = await store().reader.credential(credentialId);
      if (!known) await commit({ op: 'credential.prepare', row: credential(tenant, credentialId, 8 * next++) });
      const row = { ...offer(tenant, id), credentialId, awardId: `urn:uuid:${credentialId}`, ...more };
      await commit({ op: 'offer.insert', row });
      return row;
    };
    const stale = { name: 'UniqueViolation', table: 'offer.state' };

    it('are found by id and by the digest of what opens them', async () => {
      const { reader } = store();
      const row = await insert('uno', 'o-1');
      expect(await reader.offer('o-1')).toEqual(row);
      expect(await reader.offerBySecret(row.secretSha256)).toEqual(row);
      expect(await reader.offerBySecret(sha256Hex('other'))).toBeUndefined();
      await expect(insert('dos', 'o-2', { secretSha256: row.secretSha256 })).rejects.toMatchObject({ table: 'offers' });
      await expect(insert('dos', 'o-1', { secretSha256: sha256Hex('x') })).rejects.toMatchObject({ table: 'offers' });
      await expect(commit({ op: 'offer.insert', row: { ...row, offerId: 'o-3', state: 'taken' } })).rejects.toThrow();
      await expect(insert('dos', 'o-4', { credentialId: 'of-o-1' })).rejects.toThrow();
    });

    it('get another link in place of the one before, one at a time, while they are open', async () => {
      const { reader } = store();
      const { secretSha256 } = await insert('uno', 'r-1');
      const renew = (edition: number, n = 1) =>
        commit({ op: 'offer.renew', offerId: 'r-1', edition, secretSha256: sha256Hex(`r-1 ${edition}`), at: at(n) });
      const both = await Promise.allSettled([renew(0), renew(0)]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await reader.offerBySecret(secretSha256)).toBeUndefined();
      expect(await reader.offerBySecret(sha256Hex('r-1 0'))).toMatchObject({ offerId: 'r-1', edition: 1 });
      await expect(renew(0)).rejects.toMatchObject(stale);
      await renew(1);
      await commit({ op: 'offer.withdraw', tenant: 'uno', offerId: 'r-1', by: 'holder' });
      await expect(renew(2)).rejects.toMatchObject(stale);
    });

    it('are listed in their order, by award and state', async () => {
      const { reader } = store();
      for (const [at_, id] of ['l-1', 'l-2', 'l-3'].entries()) {
        await insert('dos', id, { createdAt: at(at_), credentialId: id === 'l-3' ? 'of-l-1' : `of-${id}` });
      }
      await commit({ op: 'offer.withdraw', tenant: 'dos', offerId: 'l-2', by: 'holder' });
      const ids = async (filter: object) =>
        (await reader.offers({ tenant: 'dos', ...filter }, { limit: 9 })).items.map((row) => row.offerId);
      expect(await ids({})).toEqual(['l-1', 'l-2', 'l-3']);
      expect(await ids({ credentialId: 'of-l-1' })).toEqual(['l-1', 'l-3']);
      expect(await ids({ state: 'withdrawn' })).toEqual(['l-2']);
      expect(await ids({ tenant: 'tres' })).toEqual([]);
      const newest = await reader.offersOf('dos', ['of-l-1', 'of-l-2', 'of-none']);
      expect([...newest].map(([id, row]) => [id, row.offerId]).sort()).toEqual([
        ['of-l-1', 'l-3'],
        ['of-l-2', 'l-2'],
      ]);
      expect(await reader.offersOf('uno', ['of-l-1'])).toEqual(new Map());
    });

    it('are taken by the first, while they are open', async () => {
      await insert('uno', 't-1');
      const take = (holder: string, second: number) =>
        commit({ op: 'offer.take', offerId: 't-1', holders: [holder], door: 'vc-api', at: at(second) });
      await expect(take('did:x:1', 50)).rejects.toMatchObject(stale);
      await take('did:x:1', 49);
      await expect(take('did:x:1', 49)).rejects.toMatchObject(stale);
      expect(await store().reader.offer('t-1')).toMatchObject({
        ...{ state: 'taken', holders: ['did:x:1'], takenBy: 'vc-api', takenAt: at(49) },
      });
      await expect(commit({ op: 'offer.withdraw', tenant: 'uno', offerId: 't-1', by: 'holder' })).rejects.toMatchObject(
        stale,
      );
      await commit({ op: 'offer.accept', offerId: 't-1', at: at(90) });
      await expect(commit({ op: 'offer.accept', offerId: 't-1', at: at(91) })).rejects.toMatchObject(stale);
      expect((await store().reader.offer('t-1'))?.acceptedAt).toBe(at(90));
      await insert('uno', 't-2');
      await expect(commit({ op: 'offer.accept', offerId: 't-2', at: at(50) })).rejects.toMatchObject(stale);
      await commit({ op: 'offer.accept', offerId: 't-2', at: at(49) });
      expect((await store().reader.offer('t-2'))?.state).toBe('open');
    });

    it('count comparisons before they are made, and lock', async () => {
      await insert('uno', 'c-1');
      const ask = (most = 2, second = 1) => commit({ op: 'offer.tryCode', offerId: 'c-1', at: at(second), most });
      const tired = { name: 'UniqueViolation', table: 'offer.tries' };
      await expect(ask(2, 50)).rejects.toMatchObject(tired);
      await ask();
      await commit({ op: 'offer.wrongCode', offerId: 'c-1', most: 2 });
      await ask();
      await commit({ op: 'offer.rightCode', offerId: 'c-1' });
      expect(await store().reader.offer('c-1')).toMatchObject({ state: 'open', tries: 1 });
      await ask();
      await expect(ask()).rejects.toMatchObject(tired);
      await commit({ op: 'offer.wrongCode', offerId: 'c-1', most: 2 });
      expect(await store().reader.offer('c-1')).toMatchObject({ state: 'locked', tries: 2 });
      await expect(ask(9)).rejects.toMatchObject(tired);
      const take = { op: 'offer.take', offerId: 'c-1', holders: ['did:x:1'], door: 'page', at: at(1) } as const;
      await expect(commit(take)).rejects.toMatchObject(stale);
      await expect(commit({ op: 'offer.withdraw', tenant: 'dos', offerId: 'c-1', by: 'holder' })).rejects.toMatchObject(
        stale,
      );
      await commit({ op: 'offer.withdraw', tenant: 'uno', offerId: 'c-1', by: 'holder' });
    });
  });
}
