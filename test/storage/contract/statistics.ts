import { describe, expect, it } from 'vitest';
import type { CredentialRecord } from '#credentials';
import { at, credential } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function statisticsContract(open: Open): void {
  describe('statistics', () => {
    const store = opened(open, 'uno', 'dos');
    let index = 0;
    const issue = async (tenant: string, id: string, more: Partial<CredentialRecord> = {}) => {
      const row = credential(tenant, id, 16 * index++, more);
      await store().transactor.commit([
        { op: 'credential.prepare', row },
        { op: 'credential.issue', tenant, credentialId: id, signed: '{}', sha256: 's', issuedAt: at() },
      ]);
    };

    it('count awards in force once each, by definition and by year in Manila', async () => {
      await issue('uno', 's1', { awardedDate: '2025-12-31T15:59:59Z' });
      await issue('uno', 's2', { awardedDate: '2025-12-31T16:00:00Z' });
      await issue('uno', 's3', { awardedDate: '2026-12-31T15:59:59Z' });
      await issue('dos', 's4', { awardedDate: '2026-05-05T00:00:00Z' });
      await issue('dos', 's5', { awardedDate: '2026-05-05T00:00:00Z', validUntil: at(5) });
      await store().transactor.commit([
        {
          op: 'credential.prepare',
          row: credential('dos', 's6', 16 * index++, { awardedDate: '2026-05-05T00:00:00Z' }),
        },
      ]);
      const counts = async (when: string) =>
        (await store().reader.awardCounts(when)).map(({ year, awards }) => `${year} ${awards}`).sort();
      expect(await counts(at(4))).toEqual(['2025 1', '2026 2', '2026 2']);
      expect(await counts(at(5))).toEqual(['2025 1', '2026 1', '2026 2']);
    });
  });
}
