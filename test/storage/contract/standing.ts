import { describe, expect, it } from 'vitest';
import { at, heldRegister, issuingDecision, succession } from '../support/records.ts';
import { type Open, opened } from './open.ts';

/** Successions, registers of others and decisions to issue: append-only, the last held register of an accreditor counts. */
export function standingContract(open: Open): void {
  describe('standing', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);

    it('keeps successions, by authority and by either institution', async () => {
      const { successor: _, legalInstrument: __, ...bare } = succession('uno', 's2', 2);
      const closure = { ...bare, predecessor: 'did:web:closed.example', kind: 'Closure' as const, mayAward: false };
      const rows = [succession('uno', 's1', 1), closure];
      for (const row of rows) await commit({ op: 'succession.insert', row });
      await commit({ op: 'succession.insert', row: succession('dos', 's3', 3) });
      const { reader } = store();
      expect(await reader.successionsBy('uno')).toEqual(rows);
      expect((await reader.successionsOf('did:web:university.example')).map((row) => row.successionId)).toEqual([
        's1',
        's3',
      ]);
      expect(await reader.successionsOf('did:web:closed.example')).toEqual([closure]);
      expect((await reader.registerSize('uno')).successions).toBe(2);
      await expect(commit({ op: 'succession.insert', row: rows[0]! })).rejects.toMatchObject({ table: 'successions' });
    });

    it('answers with the last register held of each accreditor, and keeps the earlier ones', async () => {
      const [first, second, other] = [
        heldRegister('uno', 'h1', 1),
        heldRegister('uno', 'h2', 2),
        heldRegister('dos', 'h3'),
      ];
      for (const row of [first, second, other]) await commit({ op: 'heldRegister.insert', row });
      const { reader } = store();
      expect(await reader.heldRegister(first.accreditor)).toEqual(second);
      expect(await reader.heldRegister('did:web:nobody.example')).toBeUndefined();
      const shown = (await reader.heldRegisters()).map((row) => [row.heldId, row.consult, 'text' in row]);
      expect(shown.sort()).toEqual([
        ['h2', true, false],
        ['h3', true, false],
      ]);
    });

    it('finds a decision inside its interval, for its achievement or for all, of its institution only', async () => {
      const all = { ...issuingDecision('uno', 'd2', 50), validUntil: at(60) };
      const { achievementId: _, ...everything } = all;
      await commit({ op: 'issuingDecision.insert', row: { ...issuingDecision('uno', 'd1', 5), validUntil: at(10) } });
      await commit({ op: 'issuingDecision.insert', row: everything });
      const found = async (tenant: string, achievementId: string, n: number) =>
        (await store().reader.issuingDecision(tenant, achievementId, at(n)))?.decisionId;
      expect([await found('uno', 'ACH-uno', 4), await found('uno', 'ACH-uno', 5)]).toEqual([undefined, 'd1']);
      expect([await found('uno', 'ACH-uno', 9), await found('uno', 'ACH-uno', 10)]).toEqual(['d1', undefined]);
      expect([await found('uno', 'other', 7), await found('dos', 'ACH-uno', 7)]).toEqual([undefined, undefined]);
      expect([await found('uno', 'other', 50), await found('uno', 'other', 60)]).toEqual(['d2', undefined]);
      expect((await store().reader.issuingDecisions('uno', { limit: 9 })).items).toHaveLength(2);
      expect((await store().reader.issuingDecisions('dos', { limit: 9 })).items).toEqual([]);
    });
  });
}
