import { describe, expect, it } from 'vitest';
import type { CaseChange } from '#prior-learning';
import { at, caseEntry, priorCase } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function priorLearningContract(open: Open): void {
  describe('cases of prior learning', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const insert = async (caseId: string, n = 0, more = {}) => {
      const row = priorCase('uno', caseId, n, more);
      await commit({ op: 'priorLearning.open', row });
      return row;
    };
    const change = (caseId: string, revision: number, set: CaseChange, tenant = 'uno') =>
      commit({ op: 'priorLearning.change', tenant, caseId, revision, set });
    const stale = { name: 'UniqueViolation', table: 'priorLearning.revision' };
    const assessed = { state: 'recognised', assessedPerson: 's-2' } as const;
    const award = { body: { achievementId: 'ACH-uno', n: [1] }, requestedAt: at(3), actor: 'key:one' };

    it('keeps a case, in its tenant', async () => {
      const row = await insert('p1', 0, { trainingProvider: 'did:web:enterprise.example' });
      const { reader } = store();
      expect(await reader.priorLearningCase('uno', 'p1')).toEqual(row);
      expect(await reader.priorLearningCase('dos', 'p1')).toBeUndefined();
      await expect(insert('p1')).rejects.toMatchObject({ table: 'prior_learning_cases' });
      await expect(insert('p0', 0, { state: 'recognised' })).rejects.toThrow('starts open');
      await expect(insert('p0', 0, { revision: 1 })).rejects.toThrow('starts open');
    });

    it('is changed by whoever has read it last', async () => {
      await insert('p2', 1);
      await expect(change('p2', 1, assessed)).rejects.toMatchObject(stale);
      await expect(change('p2', 0, assessed, 'dos')).rejects.toMatchObject(stale);
      await change('p2', 0, assessed);
      await expect(change('p2', 0, assessed)).rejects.toMatchObject(stale);
      await change('p2', 1, { state: 'awarding', award });
      await change('p2', 2, { approvalId: 'a1' });
      const { reader } = store();
      expect(await reader.priorLearningCase('uno', 'p2')).toEqual({
        ...priorCase('uno', 'p2', 1),
        ...{ state: 'awarding', assessedPerson: 's-2', award, approvalId: 'a1', revision: 3 },
      });
      expect((await reader.awardingCases(9)).map(({ caseId }) => caseId)).toEqual(['p2']);
    });

    it('is never assessed by whom it was opened by, nor awarded without a credential, nor twice the same', async () => {
      await insert('p3', 2);
      await expect(change('p3', 0, { ...assessed, assessedPerson: 's-1' })).rejects.toThrow();
      await expect(change('p3', 0, { state: 'recognised' })).rejects.toThrow();
      await change('p3', 0, assessed);
      await expect(change('p3', 1, { state: 'awarding' })).rejects.toThrow();
      await expect(change('p3', 1, { state: 'awarded', award, closedAt: at(4) })).rejects.toThrow();
      await expect(change('p3', 1, { state: 'awarded', award, credentialId: 'c1' })).rejects.toThrow();
      await expect(change('p3', 1, { state: 'withdrawn', closedAt: at(4) })).rejects.toThrow();
      const done = { state: 'awarded', award, credentialId: 'c1', closedAt: at(4) } as const;
      await change('p3', 1, done);
      expect(await store().reader.priorLearningCase('uno', 'p3')).toMatchObject({ ...done, revision: 2 });
      await expect(change('p2', 3, done)).rejects.toMatchObject({ name: 'UniqueViolation' });
      expect(await store().integrity()).toEqual(['awarded case without its credential: p3']);
    });

    it('keeps what is said as it was said, in order', async () => {
      const entries = [
        caseEntry('uno', 'p1', 'assessment', 0),
        caseEntry('uno', 'p1', 'evidence', 0),
        caseEntry('uno', 'p1', 'evidence', 1),
      ];
      await commit(...[2, 0, 1].map((n) => ({ op: 'priorLearning.enter', row: entries[n]! }) as const));
      expect(await store().reader.priorLearningEntries('uno', 'p1')).toEqual(entries);
      expect(await store().reader.priorLearningEntries('dos', 'p1')).toEqual([]);
      const again = commit({ op: 'priorLearning.enter', row: { ...entries[2]!, body: '{"other":1}' } });
      await expect(again).rejects.toMatchObject({ table: 'prior_learning_entries' });
      const foreign = commit({ op: 'priorLearning.enter', row: caseEntry('dos', 'p1', 'evidence', 0) });
      await expect(foreign).rejects.toThrow();
    });

    it('is found by state, route and achievement, in order', async () => {
      await insert('p5', 9, { route: 'EBET' });
      await insert('p4', 8, { achievementId: 'ACH-other' });
      const { reader } = store();
      const ids = async (more = {}) =>
        (await reader.priorLearningCases({ tenant: 'uno', ...more }, { limit: 50 })).items.map(({ caseId }) => caseId);
      expect(await ids()).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
      expect(await ids({ state: 'open' })).toEqual(['p1', 'p4', 'p5']);
      expect(await ids({ route: 'EBET' })).toEqual(['p5']);
      expect(await ids({ achievementId: 'ACH-other' })).toEqual(['p4']);
      expect(await ids({ state: 'open', route: 'RPL', achievementId: 'ACH-uno' })).toEqual(['p1']);
      const first = await reader.priorLearningCases({ tenant: 'uno' }, { limit: 2 });
      const second = await reader.priorLearningCases({ tenant: 'uno' }, { limit: 2, cursor: first.next! });
      expect(second.items.map(({ caseId }) => caseId)).toEqual(['p3', 'p4']);
    });
  });
}
