import { describe, expect, it } from 'vitest';
import { apiKey, at, institution, signingKey, signingStop } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function institutionContract(open: Open): void {
  describe('institutions and keys', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);

    it('reads back what was written, and nothing where there is nothing', async () => {
      expect(await store().reader.institution('uno')).toEqual(institution('uno'));
      expect(await store().reader.institution('tres')).toBeUndefined();
    });

    it('refuses a second institution of that slug', async () => {
      await expect(commit({ op: 'institution.insert', row: institution('uno') })).rejects.toMatchObject({
        name: 'UniqueViolation',
        table: 'institutions',
      });
    });

    it('changes the profile of that one only, and knows when there is none', async () => {
      await commit({ op: 'institution.updateProfile', tenant: 'dos', profile: { name: 'Dos' } });
      expect((await store().reader.institution('dos'))?.profile).toEqual({ name: 'Dos' });
      expect(await store().reader.institution('uno')).toEqual(institution('uno'));
      await expect(
        commit({ op: 'institution.updateProfile', tenant: 'tres', profile: { name: 'x' } }),
      ).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('keeps how many persons an award takes', async () => {
      await commit({ op: 'institution.setApproval', tenant: 'dos', approval: 'two-person' });
      expect((await store().reader.institution('dos'))?.approval).toBe('two-person');
      expect((await store().reader.institution('uno'))?.approval).toBeUndefined();
      await commit({ op: 'institution.setApproval', tenant: 'dos', approval: 'one-person' });
      expect((await store().reader.institution('dos'))?.approval).toBe('one-person');
      await expect(
        commit({ op: 'institution.setApproval', tenant: 'tres', approval: 'two-person' }),
      ).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('keeps signing keys in order of creation; the first retirement and revocation stay', async () => {
      const keys = [signingKey('uno', 'key-2-assertion', 1), signingKey('uno', 'key-1-assertion', 0)];
      await commit(...keys.map((row) => ({ op: 'signingKey.insert' as const, row })));
      await commit({ op: 'signingKey.insert', row: signingKey('dos', 'key-1-assertion') });
      const key = { tenant: 'uno', keyId: 'key-1-assertion' };
      await commit({ op: 'signingKey.retire', ...key, retiredAt: at(5) });
      await commit({ op: 'signingKey.retire', ...key, retiredAt: at(9) });
      await commit({ op: 'signingKey.revoke', ...key, revokedAt: at(6) });
      await commit({ op: 'signingKey.revoke', ...key, revokedAt: at(9) });
      expect(await store().reader.signingKeys('uno')).toEqual([
        { ...keys[1], retiredAt: at(5), revokedAt: at(6) },
        keys[0],
      ]);
      expect(await store().reader.signingKeys('dos')).toEqual([signingKey('dos', 'key-1-assertion')]);
      await expect(commit({ op: 'signingKey.insert', row: keys[0]! })).rejects.toMatchObject({ table: 'signing_keys' });
      await expect(
        commit({ op: 'signingKey.revoke', tenant: 'dos', keyId: 'key-2-assertion', revokedAt: at() }),
      ).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('keeps that a key was stopped, however often, until somebody lifts it', async () => {
      const key = { tenant: 'dos', keyId: 'key-9-assertion' };
      await commit({ op: 'signingKey.insert', row: signingKey(key.tenant, key.keyId, 50) });
      const first = signingStop(key.tenant, key.keyId, 'one', 3);
      await commit({ op: 'signingKey.stop', row: signingStop(key.tenant, key.keyId, 'two', 4) });
      await commit({ op: 'signingKey.stop', row: first });
      const shown = async () => (await store().reader.signingKeys('dos')).find(({ keyId }) => keyId === key.keyId);
      expect((await shown())?.stoppedAt).toBe(at(3));
      expect((await store().reader.openSigningStops()).map(({ stopId }) => stopId)).toEqual(['one', 'two']);
      expect((await store().reader.openSigningStops())[0]).toEqual(first);
      const lift = { op: 'signingKey.resume', ...key, at: at(6), actor: 'key:x', reason: 'looked at' } as const;
      await expect(commit({ ...lift, tenant: 'uno' })).rejects.toMatchObject({ kind: 'not-found' });
      await commit(lift);
      expect(await shown()).toEqual(signingKey(key.tenant, key.keyId, 50));
      expect(await store().reader.openSigningStops()).toEqual([]);
      await expect(commit(lift)).rejects.toMatchObject({ kind: 'not-found' });
      await commit({ op: 'signingKey.stop', row: signingStop(key.tenant, key.keyId, 'three', 7) });
      expect((await shown())?.stoppedAt).toBe(at(7));
      await commit(lift);
    });

    it('finds an API key by its id alone; an id is never used twice, not even by another tenant', async () => {
      expect(await store().reader.anyApiKeyExists()).toBe(false);
      const firsts = ['f1', 'f2', 'f3'].map((id) => commit({ op: 'apiKey.first', row: apiKey('uno', id) }));
      const outcomes = await Promise.allSettled(firsts);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const one of outcomes) {
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ table: 'apiKey.first' });
      }
      const key = { ...apiKey('uno', 'k1'), person: 'S-17', expiresAt: at(50) };
      await commit({ op: 'apiKey.insert', row: key });
      expect(await store().reader.anyApiKeyExists()).toBe(true);
      expect(await store().reader.apiKey('k1')).toEqual(key);
      expect(await store().reader.apiKey('k2')).toBeUndefined();
      await expect(commit({ op: 'apiKey.insert', row: apiKey('dos', 'k1') })).rejects.toMatchObject({
        table: 'api_keys',
      });
      await commit({ op: 'apiKey.revoke', tenant: 'uno', keyId: 'k1', revokedAt: at(7) });
      await commit({ op: 'apiKey.revoke', tenant: 'uno', keyId: 'k1', revokedAt: at(8) });
      expect(await store().reader.apiKey('k1')).toEqual({ ...key, revokedAt: at(7) });
    });

    it('cannot revoke the API key of another tenant', async () => {
      await commit({ op: 'apiKey.insert', row: apiKey('dos', 'k9') });
      await expect(commit({ op: 'apiKey.revoke', tenant: 'uno', keyId: 'k9', revokedAt: at() })).rejects.toMatchObject({
        kind: 'not-found',
      });
      expect((await store().reader.apiKey('k9'))?.revokedAt).toBeUndefined();
    });
  });
}
