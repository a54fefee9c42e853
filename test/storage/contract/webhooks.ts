import { describe, expect, it } from 'vitest';
import { at, audit, delivery, webhook } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function webhookContract(open: Open): void {
  describe('webhooks', () => {
    const store = opened(open, 'uno', 'dos');
    const reader = () => store().reader;
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const of = (webhookId: string, tenant = 'uno') => ({ tenant, webhookId });
    const fenceOf = async (webhookId: string) => (await reader().webhook('uno', webhookId))!.fence;
    const held = async (webhookId: string) => ({ ...of(webhookId), fence: await fenceOf(webhookId) });
    const stale = { table: 'webhook.fence' };
    const healthy = { failures: 0 };

    it('begin where the log of their institution ends, and come back as they were', async () => {
      await commit(audit('uno', 'credential.issue', 'c-0'), audit('dos', 'credential.issue', 'd-0'));
      await commit({ op: 'webhook.insert', row: webhook('uno', 'w-1'), most: 2 });
      const made = (await reader().webhook('uno', 'w-1'))!;
      expect(made).toEqual({ ...webhook('uno', 'w-1'), position: made.position });
      expect(await reader().entriesAfter('uno', made.position, 9)).toEqual([]);
      expect(await reader().entriesAfter('uno', made.position - 1, 9)).toMatchObject([{ object: 'c-0' }]);
      expect(await reader().webhook('dos', 'w-1')).toBeUndefined();
      await commit({ op: 'webhook.insert', row: webhook('uno', 'w-2'), most: 2 });
      const third = commit({ op: 'webhook.insert', row: webhook('uno', 'w-3'), most: 2 });
      await expect(third).rejects.toMatchObject({ kind: 'conflict' });
      expect((await reader().webhooks('uno', { limit: 9 })).items.map(({ webhookId }) => webhookId)).toEqual([
        'w-1',
        'w-2',
      ]);
    });

    it('want work when their institution did something, until somebody has them', async () => {
      expect(await reader().workableWebhooks(at(1), 9)).toEqual([]);
      await commit(audit('dos', 'credential.issue', 'd-1'));
      expect(await reader().workableWebhooks(at(1), 9)).toEqual([]);
      await commit(audit('uno', 'credential.issue', 'c-1'));
      expect(await reader().workableWebhooks(at(1), 9)).toMatchObject([{ webhookId: 'w-1' }, { webhookId: 'w-2' }]);
      const fence = await fenceOf('w-1');
      const lease = () => commit({ op: 'webhook.lease', ...of('w-1'), fence, at: at(1), until: at(10) });
      const takers = await Promise.allSettled(Array.from({ length: 8 }, lease));
      expect(takers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await reader().workableWebhooks(at(9), 9)).toMatchObject([{ webhookId: 'w-2' }]);
      const early = { op: 'webhook.lease', ...(await held('w-1')), at: at(9), until: at(20) } as const;
      await expect(commit(early)).rejects.toMatchObject(stale);
      expect(await reader().workableWebhooks(at(10), 9)).toHaveLength(2);
      await commit({ ...early, at: at(10) });
    });

    it('get their deliveries and their position together, or neither', async () => {
      const { position: from } = (await reader().webhook('uno', 'w-1'))!;
      const rows = [
        delivery('uno', 'w-1', 11, 'c-1'),
        delivery('uno', 'w-1', 12, 'c-1'),
        delivery('uno', 'w-1', 13, 'c-2'),
      ];
      const project = { op: 'webhook.project', from, position: from + 3, rows, until: at(30) } as const;
      const elsewhere = commit({ ...project, ...(await held('w-1')), from: from + 1 });
      await expect(elsewhere).rejects.toMatchObject(stale);
      expect(await reader().pendingDeliveries('uno', 'w-1')).toBe(0);
      await commit({ ...project, ...(await held('w-1')) });
      expect(await reader().webhook('uno', 'w-1')).toMatchObject({ position: from + 3, leaseUntil: at(30) });
      expect(await reader().delivery('uno', 'w-1', 12)).toEqual(rows[1]);
      expect(await reader().delivery('dos', 'w-1', 12)).toBeUndefined();
      expect(await reader().pendingDeliveries('uno', 'w-1')).toBe(3);
    });

    it('give out the first pending delivery of each subject, when it is due', async () => {
      expect(await reader().dueDeliveries('uno', 'w-1', at(-1), 9)).toEqual([]);
      const due = async (n: number) => (await reader().dueDeliveries('uno', 'w-1', at(n), 9)).map(({ seq }) => seq);
      expect(await due(0)).toEqual([11, 13]);
      const late = {
        seq: 11,
        state: 'pending',
        attempts: 1,
        firstAt: at(1),
        dueAt: at(9),
        lastAt: at(1),
        lastStatus: 500,
      } as const;
      const done = {
        seq: 13,
        state: 'delivered',
        attempts: 1,
        dueAt: at(),
        lastAt: at(1),
        settledAt: at(1),
        lastMs: 7,
      } as const;
      const health = { failures: 2, failingSince: at(1), restUntil: at(5) };
      const settle = { op: 'webhook.settle', outcomes: [late, done], health, until: at(31) } as const;
      await expect(commit({ ...settle, ...of('w-1'), fence: 0 })).rejects.toMatchObject(stale);
      await commit({ ...settle, ...(await held('w-1')) });
      expect([await due(8), await due(9)]).toEqual([[], [11]]);
      expect(await reader().delivery('uno', 'w-1', 11)).toEqual({ ...delivery('uno', 'w-1', 11, 'c-1'), ...late });
      await commit({ op: 'webhook.release', ...(await held('w-1')), at: at(2) });
      expect(await reader().webhook('uno', 'w-1')).toMatchObject({ ...health, leaseUntil: at(2) });
      const workable = async (n: number) =>
        (await reader().workableWebhooks(at(n), 9)).map(({ webhookId }) => webhookId);
      expect(await workable(4)).toEqual(['w-2']);
      expect(await workable(9)).toEqual(['w-2', 'w-1']);
      await commit({ ...settle, outcomes: [], health: healthy, ...(await held('w-1')), until: at(3) });
      expect((await reader().webhook('uno', 'w-1'))!.failingSince).toBeUndefined();
    });

    it('list them, and send one once more', async () => {
      const list = async (state?: 'pending' | 'delivered') =>
        (await reader().deliveries({ ...of('w-1'), ...(state ? { state } : {}) }, { limit: 9 })).items.map(
          ({ seq }) => seq,
        );
      expect([await list(), await list('pending'), await list('delivered')]).toEqual([[11, 12, 13], [11, 12], [13]]);
      const latest = (await reader().latestDeliveries(of('w-1'), 2)).map(({ seq }) => seq);
      expect(latest).toEqual([13, 12]);
      await commit({ op: 'webhook.redeliver', ...of('w-1'), seq: 13, at: at(6) });
      expect(await reader().delivery('uno', 'w-1', 13)).toMatchObject({ state: 'pending', attempts: 0, dueAt: at(6) });
      const gone = commit({ op: 'webhook.redeliver', ...of('w-1', 'dos'), seq: 13, at: at(6) });
      await expect(gone).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('make what is asked for again pending, with the same bytes', async () => {
      const { position } = (await reader().webhook('uno', 'w-1'))!;
      await commit({ op: 'webhook.change', ...of('w-1'), set: { position: position - 3 } });
      const again = { ...delivery('uno', 'w-1', 13, 'c-2'), dueAt: at(7), payload: '{"other":1}' };
      const project = { op: 'webhook.project', ...(await held('w-1')), from: position - 3, position } as const;
      await commit({ ...project, rows: [again], until: at(30) });
      const { payload } = delivery('uno', 'w-1', 13, 'c-2');
      expect(await reader().delivery('uno', 'w-1', 13)).toMatchObject({
        state: 'pending',
        attempts: 0,
        dueAt: at(7),
        payload,
      });
    });

    it('are changed, which takes them from whoever has them', async () => {
      const before = await held('w-1');
      const set = { state: 'paused', eventTypes: ['credential.issued'], description: null } as const;
      await commit({ op: 'webhook.change', ...of('w-1'), set: { ...set, eventTypes: ['credential.issued'] } });
      const now = (await reader().webhook('uno', 'w-1'))!;
      expect(now).toMatchObject({ state: 'paused', eventTypes: ['credential.issued'] });
      expect([now.description, now.leaseUntil]).toEqual([undefined, undefined]);
      await expect(commit({ op: 'webhook.release', ...before, at: at(3) })).rejects.toMatchObject(stale);
      const paused = { op: 'webhook.lease', ...(await held('w-1')), at: at(50), until: at(60) } as const;
      await expect(commit(paused)).rejects.toMatchObject(stale);
      const other = commit({ op: 'webhook.change', ...of('w-1', 'dos'), set: { state: 'active' } });
      await expect(other).rejects.toMatchObject({ kind: 'not-found' });
      await commit({ op: 'webhook.change', ...of('w-1'), set: { state: 'active', eventTypes: null } });
      expect((await reader().webhook('uno', 'w-1'))!.eventTypes).toBeUndefined();
      await commit({ op: 'webhook.disable', ...(await held('w-1')), reason: 'failing', at: at(8) });
      expect(await reader().webhook('uno', 'w-1')).toMatchObject({ state: 'disabled', disabledAt: at(8) });
    });

    it('forget what was settled long ago, and go with all of theirs', async () => {
      const settled = { seq: 13, state: 'failed', attempts: 9, dueAt: at(), settledAt: at(9) } as const;
      await commit({
        op: 'webhook.settle',
        ...(await held('w-1')),
        outcomes: [settled],
        health: healthy,
        until: at(9),
      });
      await commit({ op: 'webhook.forget', before: at(9) });
      expect(await reader().delivery('uno', 'w-1', 13)).toBeDefined();
      await commit({ op: 'webhook.forget', before: at(10) });
      expect(await reader().delivery('uno', 'w-1', 13)).toBeUndefined();
      expect(await reader().delivery('uno', 'w-1', 11)).toBeDefined();
      const other = commit({ op: 'webhook.remove', ...of('w-1', 'dos') });
      await expect(other).rejects.toMatchObject({ kind: 'not-found' });
      expect(await reader().webhook('uno', 'w-1')).toBeDefined();
      await commit({ op: 'webhook.remove', ...of('w-1') });
      expect(await reader().webhook('uno', 'w-1')).toBeUndefined();
      expect(await reader().delivery('uno', 'w-1', 11)).toBeUndefined();
    });

    it('find where an instant is in the log, and what awards are', async () => {
      expect(await reader().entryBefore('uno', '2000-01-01T00:00:00Z')).toBe(0);
      const last = (await reader().entriesAfter('uno', 0, 100)).at(-1)!;
      expect(await reader().entryBefore('uno', '2999-01-01T00:00:00Z')).toBe(last.seq);
      expect(await reader().credentialsOfEvents('uno', [])).toEqual([]);
      expect(await reader().credentialsOfEvents('uno', ['nobody'])).toEqual([]);
    });
  });
}
