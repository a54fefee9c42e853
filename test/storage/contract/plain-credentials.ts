import { describe, expect, it } from 'vitest';
import { at, credential, plainCredential, statusList } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function plainCredentialContract(open: Open): void {
  describe('credentials that are no badges', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const issued = (credentialId: string, n = 1) => ({
      ...{ op: 'plain.issue' as const, tenant: 'uno', credentialId },
      ...{ signed: '{"proof":1}', sha256: 's', issuedAt: at(n) },
    });

    it('keep their lists apart from those of badges', async () => {
      await commit({ op: 'statusList.insert', row: { ...statusList('uno', 'PLAIN-uno', 9), kind: 'plain' } });
      const { reader } = store();
      expect((await reader.openStatusList('uno', 'revocation', 'plain'))?.listId).toBe('PLAIN-uno');
      expect((await reader.openStatusList('uno', 'revocation'))?.listId).toBe('LIST-uno');
      const inBadges = plainCredential('uno', 'x1', 5, { statusListId: 'LIST-uno' });
      await expect(commit({ op: 'plain.prepare', row: inBadges })).rejects.toThrow('no status list');
      const inPlain = credential('uno', 'x2', 5, { statusListId: 'PLAIN-uno' });
      await expect(commit({ op: 'credential.prepare', row: inPlain })).rejects.toThrow('no status list');
    });

    it('take an index with its mirror, once', async () => {
      await commit({ op: 'plain.prepare', row: plainCredential('uno', 'a', 5) });
      for (const index of [5, 2]) {
        const again = commit({ op: 'plain.prepare', row: plainCredential('uno', `a${index}`, index) });
        await expect(again).rejects.toMatchObject({ table: 'plain_status_entries' });
      }
      expect(await store().reader.takenStatusIndexes('PLAIN-uno', [2, 5, 6])).toEqual([2, 5]);
      expect((await store().reader.statusList('PLAIN-uno'))?.reserved).toBe(1);
    });

    it('enter no list that is too short, of another purpose, or of another tenant', async () => {
      const refused = [
        plainCredential('uno', 'r1', 131_072),
        plainCredential('uno', 'r2', 16, { statusPurpose: 'suspension' }),
        plainCredential('dos', 'r3', 16, { statusListId: 'PLAIN-uno' }),
      ];
      for (const row of refused) await expect(commit({ op: 'plain.prepare', row })).rejects.toThrow('no status list');
      expect((await store().reader.statusList('PLAIN-uno'))?.reserved).toBe(1);
    });

    it('come back as they went in, and need no status entry', async () => {
      const { statusListId: _, statusListIndex: __, statusPurpose: ___, ...bare } = plainCredential('uno', 'b', 0);
      await commit({ op: 'plain.prepare', row: bare }, issued('b'));
      const row = await store().reader.plainCredential('uno', 'b');
      expect(row).toEqual({ ...bare, phase: 'issued', signed: '{"proof":1}', sha256: 's', issuedAt: at(1) });
      expect(await store().reader.plainCredential('dos', 'b')).toBeUndefined();
    });

    it('are found by name, the newest first, only once issued', async () => {
      const named = (id: string) => plainCredential('uno', id, 32 + 8 * Number(id.slice(1)), { localId: 'urn:n' });
      await commit({ op: 'plain.prepare', row: named('c1') }, issued('c1', 1));
      await commit({ op: 'plain.prepare', row: named('c2') }, issued('c2', 2));
      await commit({ op: 'plain.prepare', row: named('c3') });
      const { reader } = store();
      const ids = async (limit: number) =>
        (await reader.plainCredentialsNamed('uno', 'urn:n', limit)).map((row) => row.credentialId);
      expect(await ids(9)).toEqual(['c2', 'c1']);
      expect(await ids(1)).toEqual(['c2']);
      expect(await reader.plainCredentialsNamed('dos', 'urn:n', 9)).toEqual([]);
      expect((await reader.preparedPlainCredentials(9)).map((row) => row.credentialId)).toContain('c3');
    });

    it('go one way through their phases', async () => {
      await expect(commit(issued('c2'))).rejects.toMatchObject({ table: 'plain.phase' });
      const give = { op: 'plain.abandon' as const, tenant: 'uno', at: at(3) };
      await expect(commit({ ...give, credentialId: 'c2' })).rejects.toMatchObject({ table: 'plain.phase' });
      await commit({ ...give, credentialId: 'c3' });
      await expect(commit(issued('c3'))).rejects.toMatchObject({ table: 'plain.phase' });
    });

    it('set their bits, and nothing leads out of revoked', async () => {
      const change = { op: 'plain.changeState' as const, tenant: 'uno', credentialId: 'c1' };
      await commit({ ...change, from: 'active', to: 'suspended' }, { ...change, from: 'suspended', to: 'active' });
      expect(await store().reader.setStatusIndexes('PLAIN-uno')).toEqual([56, 63]);
      await commit({ ...change, from: 'active', to: 'revoked' });
      expect(await store().reader.setStatusIndexes('PLAIN-uno')).toEqual([40, 47, 56, 63]);
      for (const from of ['active', 'revoked'] as const) {
        await expect(commit({ ...change, from, to: 'active' })).rejects.toMatchObject({ table: 'plain.state' });
      }
    });

    it('lose their text when removed, and keep digest and entry', async () => {
      const remove = { op: 'plain.remove' as const, tenant: 'uno', credentialId: 'c1', at: at(9) };
      await commit(remove);
      const row = await store().reader.plainCredential('uno', 'c1');
      expect(row).toMatchObject({ unsigned: '', signed: '', sha256: 's', removedAt: at(9), state: 'revoked' });
      await expect(commit(remove)).rejects.toMatchObject({ table: 'plain.removed' });
      expect(await store().integrity()).toEqual([]);
    });
  });

  describe('challenges', () => {
    const store = opened(open, 'uno');
    const row = (challenge: string, from: number, to: number) => ({
      ...{ tenant: 'uno', challenge, createdAt: at(from), expiresAt: at(to) },
    });
    const use = (challenge: string, n: number) =>
      store().transactor.commit([{ op: 'challenge.use', challenge, at: at(n) }]);

    it('are used once, however many try', async () => {
      await store().transactor.commit([{ op: 'challenge.insert', row: row('one', 0, 10) }]);
      const tries = await Promise.allSettled(Array.from({ length: 50 }, () => use('one', 1)));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store().reader.challenge('one')).toEqual({ ...row('one', 0, 10), usedAt: at(1) });
    });

    it('are not used past their end, nor when nobody made them', async () => {
      await store().transactor.commit([{ op: 'challenge.insert', row: row('two', 0, 10) }]);
      for (const late of [10, 11]) await expect(use('two', late)).rejects.toMatchObject({ table: 'challenge.used' });
      await expect(use('three', 1)).rejects.toMatchObject({ table: 'challenge.used' });
      await use('two', 9);
    });

    it('are forgotten when a later one is made', async () => {
      await store().transactor.commit([{ op: 'challenge.insert', row: row('four', 11, 20) }]);
      expect(await store().reader.challenge('one')).toBeUndefined();
      expect(await store().reader.challenge('four')).toEqual(row('four', 11, 20));
    });
  });
}
