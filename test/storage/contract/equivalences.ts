import { describe, expect, it } from 'vitest';
import { UniqueViolation } from '#kernel';
import { at, edition, equivalence, equivalenceEvent } from '../support/records.ts';
import { type Open, opened } from './open.ts';

/** Drafts that change, decisions that never do. */
export function equivalenceContract(open: Open): void {
  describe('equivalences', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const draft = (id: string, n = 0, tenant = 'uno') =>
      commit({ op: 'equivalence.insert', row: equivalence(tenant, id, n) });
    const decide = (id: string, revision = 1, tenant = 'uno') =>
      commit({
        ...{ op: 'equivalence.decide', tenant, equivalenceId: id, revision },
        ...{ decidedAt: at(1), validFrom: '2026-06-01' },
      });
    const end = (id: string, from: 'decided' | 'withdrawn' = 'decided') =>
      commit({
        ...{ op: 'equivalence.end', tenant: 'uno', equivalenceId: id, from },
        ...{ state: 'withdrawn', validUntil: '2026-06-30' },
      });

    it('are kept as they were written, in the order in which they were drafted', async () => {
      await draft('a2', 2);
      await draft('a1', 1);
      await draft('a3', 3, 'dos');
      const { reader } = store();
      expect(await reader.equivalence('a1')).toEqual(equivalence('uno', 'a1', 1));
      const ids = async (filter: Parameters<typeof reader.equivalences>[0]) =>
        (await reader.equivalences(filter, { limit: 9 })).items.map(({ equivalenceId }) => equivalenceId);
      expect(await ids({ tenant: 'uno' })).toEqual(['a1', 'a2']);
      expect(await ids({ tenant: 'uno', state: 'decided' })).toEqual([]);
      await decide('a2');
      expect(await ids({ tenant: 'uno', state: 'decided' })).toEqual(['a2']);
      expect(await ids({ tenant: 'uno', state: 'draft' })).toEqual(['a1']);
    });

    it('belong to one tenant, under one id', async () => {
      await draft('b1');
      await expect(draft('b1', 1, 'dos')).rejects.toThrow(UniqueViolation);
      await expect(decide('b1', 1, 'dos')).rejects.toThrow(UniqueViolation);
      await expect(draft('b9', 1, 'nobody')).rejects.toThrow();
    });

    it('change only as the draft and revision that was read', async () => {
      await draft('c1');
      const edit = (revision: number) =>
        commit({
          ...{ op: 'equivalence.edit', tenant: 'uno', equivalenceId: 'c1', revision, updatedAt: at(5) },
          input: equivalence('uno', 'x').input,
        });
      await edit(1);
      await expect(edit(1)).rejects.toMatchObject({ table: 'equivalence.revision' });
      await expect(decide('c1', 1)).rejects.toMatchObject({ table: 'equivalence.revision' });
      await decide('c1', 2);
      await expect(edit(2)).rejects.toMatchObject({ table: 'equivalence.revision' });
      await expect(decide('c1', 2)).rejects.toMatchObject({ table: 'equivalence.revision' });
    });

    it('end once, with a last day, and never as a draft', async () => {
      await draft('d1');
      await expect(end('d1')).rejects.toMatchObject({ table: 'equivalence.state' });
      await decide('d1');
      await end('d1');
      await expect(end('d1')).rejects.toMatchObject({ table: 'equivalence.state' });
      expect(await store().reader.equivalence('d1')).toMatchObject({ state: 'withdrawn', validUntil: '2026-06-30' });
    });

    it('have editions that follow one another and events that nobody overtakes', async () => {
      await draft('e1');
      const sign = (n: number, tenant = 'uno') =>
        commit({ op: 'equivalenceEdition.insert', row: edition(tenant, 'e1', n) });
      await sign(1);
      await expect(sign(1)).rejects.toThrow(UniqueViolation);
      await expect(sign(3)).rejects.toThrow('after 1');
      await expect(sign(2, 'dos')).rejects.toThrow(UniqueViolation);
      await sign(2);
      const { reader } = store();
      expect((await reader.equivalenceEdition('e1'))?.edition).toBe(2);
      expect(await reader.equivalenceEdition('e1', 1)).toEqual(edition('uno', 'e1', 1));
      expect(await reader.equivalenceEdition('e1', 3)).toBeUndefined();

      const happen = (after: number) =>
        commit({
          ...{ op: 'equivalenceEvent.insert', after },
          row: equivalenceEvent('uno', 'e1', { reason: `pagkatapos ng ${after}` }),
        });
      await happen(0);
      await expect(happen(0)).rejects.toMatchObject({ table: 'equivalence_events' });
      await happen(1);
      expect((await reader.equivalenceEvents('e1')).map(({ reason }) => reason)).toEqual([
        'pagkatapos ng 0',
        'pagkatapos ng 1',
      ]);
      expect(await store().integrity()).toEqual([]);
    });

    it('start as drafts', async () => {
      const row = { ...equivalence('uno', 'f1'), state: 'decided' as const };
      await expect(commit({ op: 'equivalence.insert', row })).rejects.toThrow('draft');
    });
  });
}
