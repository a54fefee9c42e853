import { describe, expect, it } from 'vitest';
import { type Open, opened } from './open.ts';

export function keystoreContract(open: Open): void {
  describe('keystore head', () => {
    const store = opened(open);

    it('is kept once: of several at once the first one counts', async () => {
      const { reader, transactor } = store();
      expect(await reader.keystoreHead()).toBeUndefined();
      const rows = ['a', 'b', 'c'].map((salt) => ({ salt, canary: `${salt}!` }));
      const kept = await Promise.allSettled(rows.map((row) => transactor.commit([{ op: 'keystore.head', row }])));
      const won = kept.flatMap(({ status }, at) => (status === 'fulfilled' ? [rows[at]] : []));
      expect(won).toEqual([await reader.keystoreHead()]);
      for (const one of kept) {
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ table: 'keystore_heads' });
      }
    });
  });
}
