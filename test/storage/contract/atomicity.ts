import { describe, expect, it } from 'vitest';
import { everyWrite, snapshot } from '../support/every-write.ts';
import { audit, institution } from '../support/records.ts';
import { type Open, opened } from './open.ts';

/** All or nothing (FT-1): the n-th write of a commit fails, for every n. */
export function atomicityContract(open: Open): void {
  describe('commit', () => {
    const store = opened(open, 'old');

    it('leaves nothing behind when its n-th write fails, for every n', async () => {
      const writes = everyWrite('uno');
      const poison = { op: 'institution.insert' as const, row: institution('old') };
      const told = () => store().rows?.() ?? snapshot(store(), 'uno');
      const before = await told();
      for (let n = 0; n <= writes.length; n++) {
        await expect(
          store().transactor.commit([...writes.slice(0, n), poison, ...writes.slice(n)]),
          `write ${n}`,
        ).rejects.toMatchObject({ name: 'UniqueViolation', table: 'institutions' });
        expect(await told(), `write ${n}`).toBe(before);
      }
      expect(await store().integrity()).toEqual([]);
    }, 120_000);

    it('does all of it when none fails, and then is consistent', async () => {
      const before = await store().rows?.();
      await store().transactor.commit(everyWrite('uno'));
      if (before !== undefined) expect(await store().rows!()).not.toBe(before);
      const { reader } = store();
      expect(await reader.setStatusIndexes('LIST-uno')).toEqual([2, 5, 65, 70, 131_064, 131_071]);
      expect(await reader.batch('uno', 'batch-uno')).toMatchObject({ state: 'done', issuedRows: 1, failedRows: 1 });
      expect((await reader.auditEntries('uno', { limit: 5 })).items).toHaveLength(2);
      expect(await store().integrity()).toEqual([]);
    });

    it('goes on after a failed one', async () => {
      const bad = store().transactor.commit([
        audit('old', 'x', 'x'),
        { op: 'institution.insert', row: institution('old') },
      ]);
      const good = store().transactor.commit(everyWrite('dos'));
      await expect(bad).rejects.toThrow();
      await good;
      expect(await store().integrity()).toEqual([]);
    });

    it('takes no writes for nothing, and refuses a write it does not know', async () => {
      await store().transactor.commit([]);
      for (const op of ['audit.delete', 'toString', '__proto__']) {
        await expect(store().transactor.commit([{ op } as never])).rejects.toThrow('no write is called');
      }
    });
  });
}
