import { describe, expect, it } from 'vitest';
import { at } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function keptReportContract(open: Open): void {
  describe('kept reports', () => {
    const store = opened(open);
    const insert = (reportId: string, endsAt: string) => {
      const row = { reportId, keptAt: at(), endsAt, content: '{"report":{}}' };
      return store().transactor.commit([{ op: 'keptReport.insert', row }]);
    };
    const sweep = (n: number, before: number) =>
      store().transactor.commit([{ op: 'keptReport.sweep', at: at(n), forgetBefore: at(before) }]);
    const read = (reportId: string) => store().reader.keptReport(reportId);

    it('come back as they were, by their own id only', async () => {
      await insert('one', at(10));
      expect(await read('one')).toEqual({ reportId: 'one', keptAt: at(), endsAt: at(10), content: '{"report":{}}' });
      expect(await read('two')).toBeUndefined();
      await expect(insert('one', at(10))).rejects.toMatchObject({ table: 'kept_reports' });
    });

    it('lose what they say when they are over, and later that there was one', async () => {
      await insert('longer', at(20));
      await sweep(9, 0);
      expect((await read('one'))!.content).toBeDefined();
      await sweep(10, 9);
      expect(await read('one')).toEqual({ reportId: 'one', keptAt: at(), endsAt: at(10) });
      expect((await read('longer'))!.content).toBeDefined();
      await sweep(11, 10);
      expect(await read('one')).toBeUndefined();
      expect((await read('longer'))!.content).toBeDefined();
    });
  });
}
