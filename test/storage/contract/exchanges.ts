import { describe, expect, it } from 'vitest';
import { at, credential, exchange, offer } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function exchangeContract(open: Open): void {
  describe('exchanges', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const stale = { name: 'UniqueViolation', table: 'exchange.sequence' };

    it('are one for each offer, and move by one message at a time', async () => {
      const { reader } = store();
      const row = exchange('uno', 'x-1');
      await expect(commit({ op: 'exchange.insert', row })).rejects.toThrow();
      await commit({ op: 'credential.prepare', row: credential('uno', 'c1-uno', 8) });
      await commit({ op: 'offer.insert', row: offer('uno', 'x-1') });
      expect(await reader.exchange('x-1')).toBeUndefined();
      await expect(commit({ op: 'exchange.insert', row: { ...row, tenant: 'dos' } })).rejects.toThrow();
      await commit({ op: 'exchange.insert', row });
      await expect(commit({ op: 'exchange.insert', row })).rejects.toMatchObject({ table: 'exchanges' });
      expect(await reader.exchange('x-1')).toEqual(row);

      const { challenge: _, challengeExpiresAt: __, ...rest } = row;
      const next = { ...rest, sequence: 2, updatedAt: at(3) };
      await expect(commit({ op: 'exchange.advance', from: 2, row: next })).rejects.toMatchObject(stale);
      await expect(commit({ op: 'exchange.advance', from: 1, row: { ...next, tenant: 'dos' } })).rejects.toMatchObject(
        stale,
      );
      await commit({ op: 'exchange.advance', from: 1, row: next });
      await expect(commit({ op: 'exchange.advance', from: 1, row: next })).rejects.toMatchObject(stale);
      expect(await reader.exchange('x-1')).toEqual(next);
      await commit({ op: 'exchange.refused', offerId: 'x-1', lastError: '{"status":400}', at: at(4) });
      expect(await reader.exchange('x-1')).toEqual({ ...next, lastError: '{"status":400}', updatedAt: at(4) });

      const done = { ...next, state: 'complete' as const, sequence: 3 };
      await commit({ op: 'exchange.advance', from: 2, row: done });
      await commit({ op: 'exchange.refused', offerId: 'x-1', lastError: '{}', at: at(5) });
      const back = { ...done, state: 'active' as const, sequence: 4 };
      await expect(commit({ op: 'exchange.advance', from: 3, row: back })).rejects.toMatchObject(stale);
      expect(await reader.exchange('x-1')).toEqual(done);
    });
  });
}
