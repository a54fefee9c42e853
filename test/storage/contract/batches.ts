import { describe, expect, it } from 'vitest';
import { at, batch, batchRows, credential } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function batchContract(open: Open): void {
  describe('batches', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const insert = async (batchId: string, rows = 3, more = {}) => {
      const row = { ...batch('uno', batchId, rows), ...more };
      await commit({ op: 'batch.insert', row, rows: batchRows('uno', batchId, rows) });
      return row;
    };
    const of = (batchId: string) => ({ tenant: 'uno', batchId });

    it('keeps a batch and its rows', async () => {
      const row = await insert('b1', 1203, { idempotencyKey: 'k1' });
      const { reader } = store();
      expect(await reader.batch('uno', 'b1')).toEqual(row);
      expect(await reader.batch('dos', 'b1')).toBeUndefined();
      expect(await reader.batchByIdempotencyKey('uno', 'k1')).toEqual(row);
      expect(await reader.batchByIdempotencyKey('dos', 'k1')).toBeUndefined();
      const pending = await reader.batchRowsIn('uno', 'b1', 'valid', { after: 0, limit: 1500 });
      expect(pending).toEqual(batchRows('uno', 'b1', 1203));
      const some = await reader.batchRowsIn('uno', 'b1', 'valid', { after: 7, limit: 2 });
      expect(some.map((line) => line.row)).toEqual([8, 9]);
      expect(await reader.batchRowsIn('uno', 'b1', 'invalid', { after: 0, limit: 2 })).toEqual([]);
      expect((await reader.batchRows('dos', 'b1', { limit: 5 })).items).toEqual([]);
      await expect(insert('b1-again', 1, { idempotencyKey: 'k1' })).rejects.toMatchObject({ table: 'batches' });
      await expect(insert('b1')).rejects.toMatchObject({ table: 'batches' });
    });

    it('lists the newest first, of one state when it is named', async () => {
      await insert('n1', 1, { createdAt: at(1_001) });
      await insert('n2', 1, { createdAt: at(1_002) });
      await insert('n3', 1, { createdAt: at(1_002) });
      await commit({ op: 'batch.queue', ...of('n3') });
      const latest = async (of: object) =>
        (await store().reader.latestBatches({ tenant: 'uno', limit: 2, ...of })).map(({ batchId }) => batchId);
      expect(await latest({})).toEqual(['n3', 'n2']);
      expect(await latest({ state: 'previewed' })).toEqual(['n2', 'n1']);
      expect(await latest({ tenant: 'dos' })).toEqual([]);
      // Nothing that the tests below would find to be done.
      await commit({ op: 'batch.lease', ...of('n3'), fence: 0, leaseUntil: at(9_999) });
    });

    it('is leased by one worker at a time; a stale fence may not write', async () => {
      await insert('b2');
      const stale = { name: 'UniqueViolation', table: 'batch.fence' };
      const lease = (fence: number, until: number) =>
        commit({ op: 'batch.lease', ...of('b2'), fence, leaseUntil: at(until) });
      await expect(lease(0, 10)).rejects.toMatchObject(stale);
      await commit({ op: 'batch.queue', ...of('b2') });
      await expect(commit({ op: 'batch.queue', ...of('b2') })).rejects.toMatchObject({ table: 'batch.state' });
      await lease(0, 10);
      expect(await store().reader.batch('uno', 'b2')).toMatchObject({ state: 'running', fence: 1, leaseUntil: at(10) });
      await expect(lease(0, 20)).rejects.toMatchObject(stale);
      await lease(1, 20);
      const finish = (fence: number) =>
        commit({ op: 'batch.finish', ...of('b2'), fence, state: 'done', finishedAt: at(21) });
      await expect(finish(1)).rejects.toMatchObject(stale);
      await finish(2);
      await expect(finish(2)).rejects.toMatchObject(stale);
      const done = await store().reader.batch('uno', 'b2');
      expect(done).toMatchObject({ state: 'done', finishedAt: at(21) });
      expect(done).not.toHaveProperty('leaseUntil');
    });

    it('can be held: it waits for its start again, with the person who then approves', async () => {
      await insert('b4', 3, { person: 's-1' });
      await commit({ op: 'batch.queue', ...of('b4') });
      await commit({ op: 'batch.lease', ...of('b4'), fence: 0, leaseUntil: at(10) });
      const hold = (fence: number) => commit({ op: 'batch.hold', ...of('b4'), fence });
      await expect(hold(0)).rejects.toMatchObject({ table: 'batch.fence' });
      await hold(1);
      await expect(hold(1)).rejects.toMatchObject({ table: 'batch.fence' });
      const held = await store().reader.batch('uno', 'b4');
      expect(held).toMatchObject({ state: 'previewed', person: 's-1', fence: 1 });
      expect(held).not.toHaveProperty('leaseUntil');
      await commit({ op: 'batch.queue', ...of('b4'), approvedPerson: 's-2' });
      expect(await store().reader.batch('uno', 'b4')).toMatchObject({ state: 'queued', approvedPerson: 's-2' });
      await commit({ op: 'batch.lease', ...of('b4'), fence: 1, leaseUntil: at(99) });
    });

    it('wants work when queued, or running with a lease that has run out', async () => {
      for (const id of ['r1', 'r2', 'r3']) await insert(id);
      for (const id of ['r1', 'r2']) await commit({ op: 'batch.queue', ...of(id) });
      await commit({ op: 'batch.lease', ...of('r2'), fence: 0, leaseUntil: at(30) });
      const runnable = async (n: number, limit = 10) =>
        (await store().reader.runnableBatches(at(n), limit)).map((row) => row.batchId);
      expect(await runnable(29)).toEqual(['r1']);
      expect(await runnable(30)).toEqual(['r1', 'r2']);
      expect(await runnable(30, 1)).toEqual(['r1']);
    });

    it('settles each row once and counts it', async () => {
      await insert('b3');
      await commit({ op: 'credential.prepare', row: credential('uno', 'c1', 1, { batchId: 'b3', batchRow: 1 }) });
      const issue = (...rows: number[]) =>
        commit({ op: 'batchRows.issued', ...of('b3'), rows: rows.map((row) => ({ row, credentialId: 'c1' })) });
      const errors = [{ pointer: '/name', detail: 'absent' }];
      const fail = (row: number, tenant = 'uno') =>
        commit({ op: 'batchRows.failed', tenant, batchId: 'b3', rows: [{ row, errors }] });
      await issue(1);
      await fail(2);
      const settled = { name: 'UniqueViolation', table: 'batchRow.state' };
      await expect(issue(1)).rejects.toMatchObject(settled);
      await expect(issue(2)).rejects.toMatchObject(settled);
      // All of them wait, or none is marked.
      await expect(issue(1, 3)).rejects.toMatchObject(settled);
      await expect(issue(3, 4)).rejects.toMatchObject(settled);
      await expect(fail(1)).rejects.toMatchObject(settled);
      await expect(fail(3, 'dos')).rejects.toMatchObject(settled);
      expect(await store().reader.batch('uno', 'b3')).toMatchObject({ issuedRows: 1, failedRows: 1 });
      const rows = (await store().reader.batchRows('uno', 'b3', { limit: 9 })).items;
      expect(rows.map((line) => [line.state, line.credentialId, line.errors])).toEqual([
        ['issued', 'c1', undefined],
        ['failed', undefined, errors],
        ['valid', undefined, undefined],
      ]);
      const waiting = await store().reader.batchRowsIn('uno', 'b3', 'valid', { after: 0, limit: 9 });
      expect(waiting.map((line) => line.row)).toEqual([3]);
      expect(await store().integrity()).toEqual([]);
    });

    it('finds the credentials of its rows', async () => {
      await insert('b5', 9);
      const of5 = (row: number) => ({ batchId: 'b5', batchRow: row });
      for (const row of [4, 2, 7, 5]) {
        await commit({ op: 'credential.prepare', row: credential('uno', `b5-${row}`, 500 + row * 8, of5(row)) });
      }
      const signed = { signed: '{"signed":true}', sha256: '23'.repeat(32), issuedAt: at(3) };
      for (const row of [2, 7]) {
        await commit({ op: 'credential.issue', tenant: 'uno', credentialId: `b5-${row}`, ...signed });
      }
      await commit({ op: 'credential.abandon', tenant: 'uno', credentialId: 'b5-5', at: at(4) });
      const { reader } = store();
      const found = await reader.credentialsOfRows('uno', 'b5', [1, 2, 4, 5, 9]);
      expect(found.map(({ credentialId, phase }) => [credentialId, phase])).toEqual([
        ['b5-2', 'issued'],
        ['b5-4', 'prepared'],
      ]);
      const page = { after: 0, limit: 9 };
      expect(await reader.batchCredentials('uno', 'b5', page)).toEqual([
        { row: 2, credentialId: 'b5-2', signed: signed.signed },
        { row: 7, credentialId: 'b5-7', signed: signed.signed },
      ]);
      expect(await reader.batchCredentials('uno', 'b5', { after: 2, limit: 1 })).toMatchObject([{ row: 7 }]);
      expect(await reader.batchCredentials('dos', 'b5', page)).toEqual([]);
      expect(await reader.credentialsOfRows('dos', 'b5', [2])).toEqual([]);
    });

    it('is seen when its upload is complete, and not before', async () => {
      const { reader } = store();
      const state = { name: 'UniqueViolation', table: 'batch.state' };
      const begin = (id: string) =>
        commit({
          op: 'batch.insert',
          row: { ...batch('uno', id, 0), state: 'uploading', leaseUntil: at(50) },
          rows: [],
        });
      const add = (id: string, from: number, to: number, until = 50) => {
        const rows = batchRows('uno', id, to).slice(from - 1);
        const [first, ...rest] = rows;
        const wrong = { ...first!, state: 'invalid' as const, errors: [{ pointer: '/name', detail: 'absent' }] };
        return commit({ op: 'batch.addRows', ...of(id), rows: [wrong, ...rest], leaseUntil: at(until) });
      };
      const complete = (id: string, idempotencyKey: string) =>
        commit({ op: 'batch.previewed', ...of(id), requestSha256: '99'.repeat(32), idempotencyKey });
      await begin('u1');
      await add('u1', 1, 700);
      await add('u1', 701, 1500);
      expect(await reader.batch('uno', 'u1')).toBeUndefined();
      expect((await reader.batches('uno', { limit: 99 })).items.map((one) => one.batchId)).not.toContain('u1');
      expect((await reader.staleUploads(at(49), 9)).map((one) => one.batchId)).toEqual([]);
      expect((await reader.staleUploads(at(50), 9)).map((one) => one.batchId)).toEqual(['u1']);
      await expect(commit({ op: 'batch.queue', ...of('u1') })).rejects.toMatchObject(state);
      await complete('u1', 'ku');
      expect(await reader.batch('uno', 'u1')).toMatchObject({ state: 'previewed', rows: 1500, invalidRows: 2 });
      expect(await reader.batchRowsIn('uno', 'u1', 'invalid', { after: 1, limit: 9 })).toMatchObject([{ row: 701 }]);
      await expect(add('u1', 1501, 1502)).rejects.toMatchObject(state);
      await expect(complete('u1', 'ku')).rejects.toMatchObject(state);
      await expect(commit({ op: 'batch.discard', ...of('u1') })).rejects.toMatchObject(state);

      await begin('u2');
      await add('u2', 1, 2300);
      await expect(complete('u2', 'ku')).rejects.toMatchObject({ table: 'batches' });
      // Whoever takes it away leaves nothing to go on with.
      await commit({ op: 'batch.discard', ...of('u2') });
      expect(await store().integrity()).toEqual([]);
      await expect(add('u2', 2301, 2302)).rejects.toMatchObject(state);
      await expect(complete('u2', 'other')).rejects.toMatchObject(state);
      for (let left = 0; left < 2; left++) await commit({ op: 'batch.discard', ...of('u2') });
      await expect(commit({ op: 'batch.discard', ...of('u2') })).rejects.toMatchObject(state);
      expect((await reader.batchRows('uno', 'u2', { limit: 9 })).items).toEqual([]);
      expect(await reader.staleUploads(at(99), 9)).toEqual([]);
    });

    it('is cancelled in any state but an end, and no worker writes any more', async () => {
      const cancel = (id: string) => commit({ op: 'batch.cancel', ...of(id), finishedAt: at(60) });
      for (const id of ['x1', 'x2', 'x3']) await insert(id);
      for (const id of ['x2', 'x3']) await commit({ op: 'batch.queue', ...of(id) });
      await commit({ op: 'batch.lease', ...of('x3'), fence: 0, leaseUntil: at(99) });
      for (const id of ['x1', 'x2', 'x3']) {
        await cancel(id);
        const now = await store().reader.batch('uno', id);
        expect(now).toMatchObject({ state: 'cancelled', finishedAt: at(60) });
        expect(now).not.toHaveProperty('leaseUntil');
        await expect(cancel(id)).rejects.toMatchObject({ table: 'batch.state' });
        await expect(commit({ op: 'batch.queue', ...of(id) })).rejects.toMatchObject({ table: 'batch.state' });
      }
      for (const fence of [0, 1, 2]) {
        const lease = commit({ op: 'batch.lease', ...of('x3'), fence, leaseUntil: at(99) });
        await expect(lease).rejects.toMatchObject({ table: 'batch.fence' });
      }
      expect((await store().reader.runnableBatches(at(99), 99)).map((one) => one.batchId)).not.toContain('x2');
    });
  });
}
