import { describe, expect, it } from 'vitest';
import { approval, at } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function approvalContract(open: Open): void {
  describe('approvals', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const insert = async (approvalId: string, n = 0, more = {}) => {
      const row = approval('uno', approvalId, n, more);
      await commit({ op: 'approval.insert', row });
      return row;
    };
    const decide = (approvalId: string, decidedPerson: string, more = {}) =>
      commit({
        op: 'approval.decide',
        tenant: 'uno',
        approvalId,
        state: 'approved',
        decidedAt: at(5),
        decidedBy: 'key:two',
        decidedPerson,
        ...more,
      });
    const settled = { op: 'approval.settle' as const, tenant: 'uno', settledAt: at(9) };
    const stale = { name: 'UniqueViolation', table: 'approval.state' };

    it('keeps a request, its key unique in its tenant', async () => {
      const row = await insert('a1', 0, { idempotencyKey: 'k1' });
      const { reader } = store();
      expect(await reader.approval('uno', 'a1')).toEqual(row);
      expect(await reader.approval('dos', 'a1')).toBeUndefined();
      expect(await reader.approvalByIdempotencyKey('uno', 'k1')).toEqual(row);
      expect(await reader.approvalByIdempotencyKey('dos', 'k1')).toBeUndefined();
      await expect(insert('a1')).rejects.toMatchObject({ table: 'approvals' });
      await expect(insert('a1-again', 0, { idempotencyKey: 'k1' })).rejects.toMatchObject({ table: 'approvals' });
      await commit({ op: 'approval.insert', row: approval('dos', 'a1', 0, { idempotencyKey: 'k1' }) });
    });

    it('is decided once, by another person, in its tenant', async () => {
      await insert('a2', 1);
      await expect(decide('a2', 's-1')).rejects.toMatchObject(stale);
      await expect(decide('a2', 's-2', { tenant: 'dos' })).rejects.toMatchObject(stale);
      expect((await store().reader.approval('uno', 'a2'))?.state).toBe('pending');
      await decide('a2', 's-2', { reason: 'tama' });
      await expect(decide('a2', 's-3')).rejects.toMatchObject(stale);
      const by = { decidedAt: at(5), decidedBy: 'key:two', decidedPerson: 's-2', reason: 'tama' };
      expect(await store().reader.approval('uno', 'a2')).toEqual({
        ...approval('uno', 'a2', 1),
        state: 'approved',
        ...by,
      });
    });

    it('is settled once, after it was approved', async () => {
      const issued = { ...settled, approvalId: 'a3', state: 'issued' as const, credentialIds: ['c1', 'c2'] };
      await insert('a3', 2);
      await expect(commit(issued)).rejects.toMatchObject(stale);
      await decide('a3', 's-2');
      await expect(commit({ ...issued, tenant: 'dos' })).rejects.toMatchObject(stale);
      await commit(issued);
      await expect(commit(issued)).rejects.toMatchObject(stale);
      const done = await store().reader.approval('uno', 'a3');
      expect(done).toMatchObject({ state: 'issued', credentialIds: ['c1', 'c2'], settledAt: at(9) });
      const problem = { kind: 'not-entitled' as const, detail: 'no', errors: [{ pointer: '/a', detail: 'b' }] };
      await insert('a4', 3);
      await decide('a4', 's-2');
      await commit({ ...settled, approvalId: 'a4', state: 'failed', problem });
      expect(await store().reader.approval('uno', 'a4')).toMatchObject({ state: 'failed', problem });
    });

    it('is found by state, in order, and by what is left to issue', async () => {
      await insert('a6', 5);
      await insert('a5', 4);
      const { reader } = store();
      const ids = async (state?: 'pending') =>
        (await reader.approvals({ tenant: 'uno', ...(state ? { state } : {}) }, { limit: 50 })).items.map(
          (row) => row.approvalId,
        );
      expect(await ids('pending')).toEqual(['a1', 'a5', 'a6']);
      expect(await ids()).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'a6']);
      expect((await reader.approvedApprovals(9)).map((row) => row.approvalId)).toEqual(['a2']);
      await decide('a5', 's-2', { decidedAt: at(1) });
      expect((await reader.approvedApprovals(9)).map((row) => row.approvalId)).toEqual(['a5', 'a2']);
      expect((await reader.approvedApprovals(1)).map((row) => row.approvalId)).toEqual(['a5']);
      expect((await reader.approvals({ tenant: 'dos' }, { limit: 50 })).items).toHaveLength(1);
      expect(await store().integrity()).toEqual([]);
    });

    it('starts pending', async () => {
      await expect(insert('a7', 6, { state: 'approved' })).rejects.toThrow('pending');
    });
  });
}
