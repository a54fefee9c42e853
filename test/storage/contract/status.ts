import { describe, expect, it } from 'vitest';
import { at, credential, statusList } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function statusContract(open: Open): void {
  describe('status lists', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);

    it('opens the newest list of a purpose', async () => {
      const { reader } = store();
      expect((await reader.openStatusList('uno', 'revocation'))?.listId).toBe('LIST-uno');
      expect(await reader.openStatusList('uno', 'suspension')).toBeUndefined();
      expect(await reader.openStatusList('tres', 'revocation')).toBeUndefined();
      await commit({ op: 'statusList.insert', row: statusList('dos', 'newer', 5) });
      expect(await reader.openStatusList('dos', 'revocation')).toEqual(statusList('dos', 'newer', 5));
      await expect(commit({ op: 'statusList.insert', row: statusList('uno', 'newer', 6) })).rejects.toMatchObject({
        table: 'status_lists',
      });
    });

    it('refuses a list below the minimum of the standard', async () => {
      const short = { ...statusList('uno', 'short'), length: 1024 };
      await expect(commit({ op: 'statusList.insert', row: short })).rejects.toThrow();
    });

    it.each([[0], [3], [4], [7]])('gives index %i away with its mirror', async (low) => {
      const base = 800 + low * 80;
      const [index, mirror] = [base + low, base + (low ^ 7)];
      const { reader } = store();
      const before = (await reader.statusList('LIST-uno'))!.reserved;
      await commit({ op: 'credential.prepare', row: credential('uno', `i${index}`, index) });
      expect((await reader.statusList('LIST-uno'))?.reserved).toBe(before + 1);
      for (const taken of [index, mirror]) {
        const row = credential('uno', `again${taken}`, taken);
        await expect(commit({ op: 'credential.prepare', row })).rejects.toMatchObject({ table: 'status_entries' });
      }
      const asked = [base - 1, index, mirror, base + 8];
      expect(await reader.takenStatusIndexes('LIST-uno', asked)).toEqual([index, mirror]);
      expect(await reader.takenStatusIndexes('LIST-dos', asked)).toEqual([]);
      expect(await reader.takenStatusIndexes('LIST-uno', [])).toEqual([]);
      await expect(reader.takenStatusIndexes('LIST-uno', Array(1001).fill(0))).rejects.toThrow(RangeError);
    });

    it('keeps lists of each kind apart', async () => {
      const { reader } = store();
      const row = (listId: string, kind: 'revocations' | 'plain') => ({ ...statusList('uno', listId, 9), kind });
      await commit({ op: 'statusList.insert', row: row('names', 'revocations') });
      await commit({ op: 'statusList.insert', row: row('others', 'plain') });
      expect(await reader.openStatusList('uno', 'revocation', 'revocations')).toEqual(row('names', 'revocations'));
      expect((await reader.openStatusList('uno', 'revocation', 'plain'))?.listId).toBe('others');
      expect((await reader.openStatusList('uno', 'revocation'))?.listId).toBe('LIST-uno');
      const badge = credential('uno', 'named', 40, { statusListId: 'names' });
      await commit({ op: 'credential.prepare', row: badge });
      await expect(
        commit({ op: 'credential.prepare', row: credential('uno', 'mixed', 41, { statusListId: 'others' }) }),
      ).rejects.toThrow();
      expect(await reader.revokedCredentials('names')).toEqual([]);
      const of = { tenant: 'uno', credentialId: 'named' };
      await commit(
        { op: 'credential.changeState', ...of, from: 'active', to: 'revoked' },
        { op: 'statusEvent.insert', row: { ...of, action: 'revoke', reason: 'mali', at: at(), actor: 'key:one' } },
      );
      await commit({ op: 'credential.prepare', row: credential('uno', 'named-2', 60, { statusListId: 'names' }) });
      await commit({ op: 'credential.abandon', tenant: 'uno', credentialId: 'named-2', at: at() });
      expect(await reader.revokedCredentials('names')).toEqual([
        { credentialId: 'named', reason: 'mali' },
        { credentialId: 'named-2' },
      ]);
    });

    it('sets both bits of everything not active or abandoned, of that list only', async () => {
      const indexes = { a: 0, b: 131_071, c: 17, d: 32 };
      for (const [id, index] of Object.entries(indexes)) {
        await commit({ op: 'credential.prepare', row: credential('dos', `set-${id}`, index) });
      }
      const { reader } = store();
      expect(await reader.setStatusIndexes('LIST-dos')).toEqual([]);
      const of = (id: string) => ({ tenant: 'dos', credentialId: `set-${id}` });
      await commit({ op: 'credential.changeState', ...of('a'), from: 'active', to: 'suspended' });
      await commit({ op: 'credential.changeState', ...of('b'), from: 'active', to: 'revoked' });
      await commit({ op: 'credential.abandon', ...of('c'), at: at() });
      expect(await reader.setStatusIndexes('LIST-dos')).toEqual([0, 7, 17, 22, 131_064, 131_071]);
      await commit({ op: 'credential.changeState', ...of('a'), from: 'suspended', to: 'active' });
      expect(await reader.setStatusIndexes('LIST-dos')).toEqual([17, 22, 131_064, 131_071]);
      expect(await reader.setStatusIndexes('LIST-uno')).toEqual([]);
    });

    it('publishes forward only', async () => {
      const publish = (published: string, n: number) =>
        commit({ op: 'statusList.publish', listId: 'LIST-uno', published, publishedAt: at(n) });
      await publish('one', 5);
      await publish('two', 6);
      await expect(publish('old', 4)).rejects.toMatchObject({ table: 'statusList.published' });
      expect(await store().reader.statusList('LIST-uno')).toMatchObject({ published: 'two', publishedAt: at(6) });
    });

    it('keeps status events in the order they came, even within one second', async () => {
      await commit({ op: 'credential.prepare', row: credential('uno', 'e1', 64) });
      const event = (action: 'suspend' | 'reinstate' | 'revoke') => ({
        tenant: 'uno',
        credentialId: 'e1',
        action,
        reason: action,
        at: at(),
        actor: 'key:one',
      });
      const events = [event('suspend'), event('reinstate'), event('revoke')];
      for (const row of events) await commit({ op: 'statusEvent.insert', row });
      expect(await store().reader.statusEvents('e1')).toEqual(events);
      expect(await store().reader.statusEvents('e2')).toEqual([]);
      await expect(commit({ op: 'statusEvent.insert', row: { ...event('revoke'), tenant: 'dos' } })).rejects.toThrow();
    });
  });
}
