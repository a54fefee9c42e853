import { describe, expect, it } from 'vitest';
import { AUDIT_GENESIS, verifyAuditChain } from '#observability';
import { audit } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function auditContract(open: Open): void {
  describe('audit', () => {
    const store = opened(open);

    it('chains entries of all tenants in the order of their commits', async () => {
      const { reader, transactor } = store();
      expect(await reader.lastAudit()).toBeUndefined();
      expect(await reader.lastAuditAt()).toBeUndefined();
      const first = { ...audit('uno', 'a', 'x'), objectSha256: 'ab', detail: { z: 1, a: true, m: 'ñ' } };
      await transactor.commit([first, audit('dos', 'b', 'y')]);
      await transactor.commit([audit('system', 'c', 'z')]);
      const { items } = await reader.auditEntries(undefined, { limit: 10 });
      const { op: _, ...stored } = first;
      expect(items[0]).toMatchObject({ ...stored, seq: 1, previousHash: AUDIT_GENESIS });
      expect(items.map((entry) => entry.seq)).toEqual([1, 2, 3]);
      expect(await reader.lastAudit()).toEqual(items[2]);
      expect(await reader.lastAuditAt()).toBe(items[2]!.at);
      expect(verifyAuditChain(items)).toEqual({ ok: true, last: { seq: 3, hash: items[2]!.hash } });
      expect((await reader.auditEntries('dos', { limit: 10 })).items).toEqual([items[1]]);
    });

    it('leaves no gap when a commit fails', async () => {
      const { reader, transactor } = store();
      await expect(
        transactor.commit([audit('uno', 'lost', 'x'), { op: 'batch.queue', tenant: 'uno', batchId: 'none' }]),
      ).rejects.toThrow();
      await transactor.commit([audit('uno', 'kept', 'x')]);
      const { items } = await reader.auditEntries(undefined, { limit: 10 });
      expect(items.map((entry) => [entry.seq, entry.operation]).at(-1)).toEqual([4, 'kept']);
      expect(verifyAuditChain(items).ok).toBe(true);
    });

    it('keeps the chain when many commits are asked for at once', async () => {
      const { reader, transactor } = store();
      await Promise.all(Array.from({ length: 50 }, (_, n) => transactor.commit([audit('uno', 'many', String(n))])));
      const { items } = await reader.auditEntries(undefined, { limit: 100 });
      expect(items).toHaveLength(54);
      expect(verifyAuditChain(items).ok).toBe(true);
      expect(new Set(items.slice(4).map((entry) => entry.object)).size).toBe(50);
    });
  });
}
