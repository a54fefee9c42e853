import { describe, expect, it } from 'vitest';
import type { ConsumerWrite, HostConnection } from '#consumer';
import { hostAuthorization, hostConnection, knownHost, transfer } from '../support/consumer-records.ts';
import { at } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function consumerContract(open: Open): void {
  describe('hosts of others', () => {
    const store = opened(open);
    const commit = (...writes: ConsumerWrite[]) => store().transactor.commit(writes);
    const maria = { kind: 'email', value: 'maria@x.example' } as const;
    const put = (id: string, more: Partial<HostConnection> = {}, host = 'h1') =>
      commit({ op: 'hostConnection.put', row: hostConnection(id, host, maria.value, more) });
    /** One after another, as a worker that has each host once takes them. */
    const due = async (second: number, hosts: string[] = [], keepers: string[] = []): Promise<string[]> => {
      const found = await store().reader.workableTransfer(at(second), { hosts, keepers });
      if (!found) return [];
      return [
        `${found.transfer.transferId} of ${found.hostId}`,
        ...(await due(second, [...hosts, found.hostId], keepers)),
      ];
    };

    it('are known once by their discovery address, with all that was registered', async () => {
      const { reader } = store();
      await commit({ op: 'knownHost.insert', row: knownHost('h1', { secretExpiresAt: at(9) }) });
      const again = commit({ op: 'knownHost.insert', row: { ...knownHost('h1'), hostId: 'h3' } });
      await expect(again).rejects.toMatchObject({ table: 'known_hosts' });
      expect(await reader.knownHost(knownHost('h1').discoveryUrl)).toEqual(knownHost('h1', { secretExpiresAt: at(9) }));
      await commit({ op: 'knownHost.update', row: knownHost('h1', { clientId: 'another' }) });
      expect(await reader.knownHostById('h1')).toEqual(knownHost('h1', { clientId: 'another' }));
      expect([await reader.knownHost('x'), await reader.knownHostById('x')]).toEqual([undefined, undefined]);
      await commit({ op: 'knownHost.insert', row: knownHost('h2') });
    });

    it('are come back from once', async () => {
      const row = hostAuthorization('s1', 'h1');
      await commit({ op: 'hostAuthorization.insert', row });
      await commit({ op: 'hostAuthorization.insert', row: hostAuthorization('s2', 'h1', 20) });
      expect(await store().reader.hostAuthorization('s1')).toEqual(row);
      const use = () => commit({ op: 'hostAuthorization.use', stateSha256: 's1' });
      await use();
      await expect(use()).rejects.toMatchObject({ table: 'hostAuthorization.used' });
      await commit({ op: 'hosts.sweep', at: at(20), settledBefore: at() });
      expect(await store().reader.hostAuthorization('s2')).toBeUndefined();
    });

    it('have one connection of a learner, which a second agreement makes good again', async () => {
      const { reader } = store();
      await put('c1', { pulledAt: at(1) });
      await commit({ op: 'hostConnection.release', connectionId: 'c1', fence: 0, endedAt: at(2) });
      await put('c2', { tokens: 'newer', connectedAt: at(3), scope: 'a' });
      const { endedAt: _, ...ended } = { ...hostConnection('c1', 'h1', maria.value), endedAt: '' };
      const row = { ...ended, tokens: 'newer', connectedAt: at(3), scope: 'a', pulledAt: at(1), fence: 2 };
      expect(await reader.hostConnection('c1')).toEqual(row);
      expect(await reader.hostConnection('c2')).toBeUndefined();
      await put('c3', { connectedAt: at(9) }, 'h2');
      const mine = await reader.hostConnectionsOf([maria, { kind: 'did', value: 'did:key:z1' }]);
      expect(mine.map(({ connectionId }) => connectionId)).toEqual(['c3', 'c1']);
      expect(await reader.hostConnectionsOf([{ kind: 'did', value: maria.value }])).toEqual([]);
    });

    it('are asked by one worker at a time, the longest due first', async () => {
      const insert = (id: string, of: string, more = {}) =>
        commit({ op: 'hostTransfer.insert', row: transfer(id, of, more) });
      await insert('t1', 'c1', { dueAt: at(5) });
      await expect(insert('t2', 'c1')).rejects.toMatchObject({ table: 'host_transfers' });
      await insert('t3', 'c1', { kind: 'push', credentialId: 'x', dueAt: at(6) });
      await insert('t4', 'c3', { dueAt: at(4) });
      expect(await due(5)).toEqual(['t4 of h2', 't1 of h1']);
      expect(await due(6, ['h2'])).toEqual(['t1 of h1']);
      expect(await due(6, [], [maria.value])).toEqual([]);
      expect(await due(6, [], ['jose@x.example'])).toEqual(['t4 of h2', 't1 of h1']);
      expect(await store().reader.waitingTransfer('c1', 'push', 'x')).toMatchObject({ transferId: 't3' });
      const lease = { op: 'hostConnection.lease', connectionId: 'c1', at: at(6), until: at(8) } as const;
      await commit({ ...lease, fence: 2 });
      for (const fence of [2, 3])
        await expect(commit({ ...lease, fence })).rejects.toMatchObject({ table: 'hostConnection.fence' });
      expect([await due(7), await due(8)]).toEqual([['t4 of h2'], ['t4 of h2', 't1 of h1']]);
      const stale = commit({ op: 'hostConnection.release', connectionId: 'c1', fence: 2 });
      await expect(stale).rejects.toMatchObject({ table: 'hostConnection.fence' });
      const problem = { code: 'refused', status: 400, said: 'ñ' } as const;
      const row = transfer('t1', 'c1', { state: 'failed', problem, settledAt: at(7), next: 'https://h.example/2' });
      await commit(
        { op: 'hostConnection.release', connectionId: 'c1', fence: 3, pulledAt: at(7) },
        { op: 'hostTransfer.update', row },
      );
      expect(await due(9)).toEqual(['t4 of h2', 't3 of h1']);
      expect(await store().reader.hostTransfersOf('c1', 9)).toEqual([
        row,
        expect.objectContaining({ transferId: 't3' }),
      ]);
      expect((await store().reader.hostConnection('c1'))!.pulledAt).toBe(at(7));
      await commit({ op: 'hosts.sweep', at: at(), settledBefore: at(7) });
      expect((await store().reader.hostTransfersOf('c1', 9)).map(({ transferId }) => transferId)).toEqual(['t3']);
    });

    it('are found by whose connection it is, without its tokens, and go with an erasure', async () => {
      const { reader } = store();
      const found = await reader.personalData([{ ...maria, provenAt: at() }], { day: '2026-11-26' });
      expect(found.map(({ kind, object, fate }) => `${kind} ${object} ${fate}`).sort()).toEqual(
        ['c1', 'c3'].map((id) => `hostConnection ${id} erasable`),
      );
      expect(JSON.stringify(found)).not.toMatch(/newer|sealed/);
      const row = { tenant: 'system', erasedAt: at(9), kind: 'hostConnection', object: 'c1', kept: 'entry' } as const;
      await store().transactor.commit([{ op: 'personal.erase', row }]);
      expect([await reader.hostConnection('c1'), await reader.hostTransfersOf('c1', 9)]).toEqual([undefined, []]);
      await commit({ op: 'hostConnection.remove', connectionId: 'c3' });
      expect(await reader.hostConnectionsOf([maria])).toEqual([]);
      expect(await due(9)).toEqual([]);
    });
  });
}
