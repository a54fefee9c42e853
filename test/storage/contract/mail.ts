import { describe, expect, it } from 'vitest';
import { at, mail } from '../support/records.ts';
import { type Open, opened } from './open.ts';

const LONG_AGO = '2020-01-01T00:00:00Z';

export function mailContract(open: Open): void {
  describe('messages', () => {
    const store = opened(open);
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const queue = (row: ReturnType<typeof mail>, forgetBefore = LONG_AGO) =>
      commit({ op: 'mail.queue', row, forgetBefore });
    const claim = (mailId: string, attempts: number, n: number) =>
      commit({ op: 'mail.claim', mailId, attempts, at: at(n), until: at(n + 10) });

    it('come back as they went in, and are due from their instant on', async () => {
      const row = mail('uno', 'm1', 5);
      await queue(row);
      expect(await store().reader.mail('m1')).toEqual(row);
      expect(await store().reader.dueMail(at(4), 9)).toEqual([]);
      expect(await store().reader.dueMail(at(5), 9)).toEqual([row]);
    });

    it('are taken by one of many', async () => {
      await expect(claim('m1', 0, 4)).rejects.toMatchObject({ table: 'mail.state' });
      const takers = await Promise.allSettled(Array.from({ length: 10 }, () => claim('m1', 0, 5)));
      expect(takers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store().reader.dueMail(at(14), 9)).toEqual([]);
      expect(await store().reader.dueMail(at(15), 9)).toMatchObject([{ mailId: 'm1', attempts: 1 }]);
    });

    it('whoever was too slow says nothing of them any more', async () => {
      await claim('m1', 1, 15);
      const stale = { mailId: 'm1', attempts: 1, at: at(16), answer: 'x' };
      await expect(commit({ op: 'mail.sent', ...stale })).rejects.toMatchObject({ table: 'mail.state' });
      await expect(commit({ op: 'mail.failed', ...stale })).rejects.toMatchObject({ table: 'mail.state' });
      const later = commit({ op: 'mail.later', mailId: 'm1', attempts: 1, dueAt: at(20), answer: 'x' });
      await expect(later).rejects.toMatchObject({ table: 'mail.state' });
      await commit({ op: 'mail.later', mailId: 'm1', attempts: 2, dueAt: at(30), answer: '451 busy' });
      expect(await store().reader.mail('m1')).toMatchObject({ attempts: 2, dueAt: at(30), lastAnswer: '451 busy' });
    });

    it('forget where they went and what they said', async () => {
      await claim('m1', 2, 30);
      await commit({ op: 'mail.sent', mailId: 'm1', attempts: 3, at: at(31), answer: '250 ok' });
      const { to: _, content: __, ...row } = mail('uno', 'm1', 5);
      const sent = { state: 'sent', attempts: 3, dueAt: at(40), settledAt: at(31), lastAnswer: '250 ok' };
      expect(await store().reader.mail('m1')).toEqual({ ...row, ...sent });
      await expect(claim('m1', 3, 50)).rejects.toMatchObject({ table: 'mail.state' });
    });

    it('are called back while they wait', async () => {
      await queue(mail('uno', 'm2', 6, { object: 'm1' }));
      await queue(mail('dos', 'm3', 6, { object: 'm1' }));
      await commit({ op: 'mail.callBack', tenant: 'uno', object: 'm1', at: at(32), answer: 'replaced' });
      expect(await store().reader.mail('m1')).toMatchObject({ state: 'sent' });
      expect(await store().reader.mail('m2')).toMatchObject({ state: 'failed', lastAnswer: 'replaced' });
      expect((await store().reader.mail('m2'))?.content).toBeUndefined();
      expect(await store().reader.mail('m3')).toMatchObject({ state: 'queued' });
      await commit({ op: 'mail.callBack', tenant: 'uno', object: 'nothing', at: at(32), answer: 'x' });
    });

    it('are listed by what they are about', async () => {
      const ids = async (filter: object) =>
        (await store().reader.mailAbout({ tenant: 'uno', ...filter }, { limit: 9 })).items.map(({ mailId }) => mailId);
      expect(await ids({})).toEqual(['m1', 'm2']);
      expect(await ids({ object: 'm1', state: 'failed' })).toEqual(['m2']);
      expect(await ids({ since: at(6) })).toEqual(['m2']);
      expect(await ids({ kind: 'signIn' })).toEqual([]);
      const last = await store().reader.lastMailAbout('uno', ['m1', 'about-m1']);
      expect([...last].map(([object, { mailId }]) => [object, mailId]).sort()).toEqual([
        ['about-m1', 'm1'],
        ['m1', 'm2'],
      ]);
      expect((await store().reader.lastMailAbout('uno', [])).size).toBe(0);
    });

    it('codes overtake offers', async () => {
      await queue(mail('tres', 'm4', 7));
      await queue(mail('system', 'm5', 8, { kind: 'mailCode' }));
      const due = await store().reader.dueMail(at(9), 9);
      expect(due.map(({ mailId }) => mailId)).toEqual(['m5', 'm3', 'm4']);
      expect((await store().reader.dueMail(at(9), 1)).map(({ mailId }) => mailId)).toEqual(['m5']);
    });

    it('those of the service itself are deleted after a while, once they are settled', async () => {
      await claim('m5', 0, 8);
      await commit({ op: 'mail.failed', mailId: 'm5', attempts: 1, at: at(9), answer: '550 no' });
      await queue(mail('system', 'm6', 10), at(8));
      expect(await store().reader.mail('m5')).toBeDefined();
      await queue(mail('system', 'm7', 10), at(11));
      expect(await store().reader.mail('m5')).toBeUndefined();
      for (const kept of ['m1', 'm2', 'm3', 'm6']) expect(await store().reader.mail(kept)).toBeDefined();
    });
  });
}
