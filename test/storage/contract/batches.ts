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
      const pending = await reader.pendingBatchRows('uno', 'b1', 1500);
      expect(pending).toEqual(batchRows('uno', 'b1', 1203));
      expect((await reader.pendingBatchRows('uno', 'b1', 2)).map((line) => line.row)).toEqual([1, 2]);
      expect((await reader.batchRows('dos', 'b1', { limit: 5 })).items).toEqual([]);
      await expect(insert('b1-again', 1, { idempotencyKey: 'k1' })).rejects.toMatchObject({ table: 'batches' });
      await expect(insert('b1')).rejects.toMatchObject({ table: 'batches' });
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
      const issued = { op: 'batchRow.issued' as const, ...of('b3'), row: 1, credentialId: 'c1' };
      const errors = [{ pointer: '/name', detail: 'absent' }];
      const failed = { op: 'batchRow.failed' as const, ...of('b3'), row: 2, errors };
      await commit(issued, failed);
      const settled = { name: 'UniqueViolation', table: 'batchRow.state' };
      await expect(commit(issued)).rejects.toMatchObject(settled);
      await expect(commit({ ...issued, row: 2 })).rejects.toMatchObject(settled);
      await expect(commit({ ...failed, row: 1 })).rejects.toMatchObject(settled);
      await expect(commit({ ...failed, row: 3, tenant: 'dos' })).rejects.toMatchObject(settled);
      expect(await store().reader.batch('uno', 'b3')).toMatchObject({ issuedRows: 1, failedRows: 1 });
      const rows = (await store().reader.batchRows('uno', 'b3', { limit: 9 })).items;
      expect(rows.map((line) => [line.state, line.credentialId, line.errors])).toEqual([
        ['issued', 'c1', undefined],
        ['failed', undefined, errors],
        ['valid', undefined, undefined],
      ]);
      expect((await store().reader.pendingBatchRows('uno', 'b3', 9)).map((line) => line.row)).toEqual([3]);
      expect(await store().integrity()).toEqual([]);
    });
  });
}
