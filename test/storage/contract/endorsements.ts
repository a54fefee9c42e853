import { describe, expect, it } from 'vitest';
import { at, plainCredential, statusList } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function endorsementContract(open: Open): void {
  describe('endorsements', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const THING = 'https://college.example/achievements/1';
    const row = (credentialId: string, n: number, endorses = THING) => ({
      ...{ tenant: 'uno', credentialId, kind: 'achievement' as const, endorses, createdAt: at(n) },
    });
    const issued = (credentialId: string) => ({
      ...{ op: 'plain.issue' as const, tenant: 'uno', credentialId },
      ...{ signed: '{"proof":1}', sha256: 's', issuedAt: at(9) },
    });
    const prepared = (id: string, index: number, n: number, endorses?: string) =>
      [
        { op: 'plain.prepare', row: plainCredential('uno', id, index) },
        { op: 'endorsement.insert', row: row(id, n, endorses) },
      ] as const;

    it('are seen once issued, with what they speak of', async () => {
      await commit({ op: 'statusList.insert', row: { ...statusList('uno', 'PLAIN-uno', 9), kind: 'plain' } });
      await commit(...prepared('e1', 0, 1));
      const { reader } = store();
      expect(await reader.endorsement('e1')).toBeUndefined();
      expect(await reader.endorsementsOf(THING, 9)).toEqual([]);
      await commit(issued('e1'));
      const credential = await reader.plainCredential('uno', 'e1');
      const one = { kind: 'achievement', endorses: THING, createdAt: at(1), credential };
      expect(await reader.endorsement('e1')).toEqual(one);
      expect(await reader.endorsementsOf(THING, 9)).toEqual([one]);
      expect((await reader.endorsements({ tenant: 'uno' }, { limit: 9 })).items).toEqual([one]);
      expect((await reader.endorsements({ tenant: 'dos' }, { limit: 9 })).items).toEqual([]);
    });

    it('need their credential in the same tenant, and are never changed', async () => {
      await expect(commit({ op: 'endorsement.insert', row: row('nothing', 1) })).rejects.toThrow();
      await expect(commit({ op: 'endorsement.insert', row: { ...row('e1', 1), tenant: 'dos' } })).rejects.toThrow();
      await expect(commit({ op: 'endorsement.insert', row: row('e1', 2) })).rejects.toMatchObject({
        table: 'endorsements',
      });
    });

    it('are listed in the order they were made, by kind and by thing, page by page', async () => {
      await commit(...prepared('e2', 8, 2, 'urn:x:other'), issued('e2'));
      await commit(...prepared('e3', 16, 3), issued('e3'));
      const { reader } = store();
      const ids = async (filter: object, limit = 9, cursor?: string) => {
        const page = { limit, ...(cursor === undefined ? {} : { cursor }) };
        const found = await reader.endorsements({ tenant: 'uno', ...filter }, page);
        return { ids: found.items.map(({ credential }) => credential.credentialId), next: found.next };
      };
      expect((await ids({})).ids).toEqual(['e1', 'e2', 'e3']);
      expect((await ids({ endorses: THING })).ids).toEqual(['e1', 'e3']);
      expect((await ids({ kind: 'profile' })).ids).toEqual([]);
      const first = await ids({}, 2);
      expect((await ids({}, 2, first.next)).ids).toEqual(['e3']);
      expect((await reader.endorsementsOf(THING, 1)).map(({ credential }) => credential.credentialId)).toEqual(['e1']);
    });

    it('revoked and removed ones stand on no page of what they endorse', async () => {
      await commit({ op: 'plain.changeState', tenant: 'uno', credentialId: 'e1', from: 'active', to: 'revoked' });
      await commit({ op: 'plain.remove', tenant: 'uno', credentialId: 'e3', at: at(10) });
      const { reader } = store();
      expect(await reader.endorsementsOf(THING, 9)).toEqual([]);
      expect((await reader.endorsement('e1'))?.credential.state).toBe('revoked');
      expect((await reader.endorsement('e3'))?.credential).toMatchObject({ signed: '', removedAt: at(10) });
      const { items } = await reader.endorsements({ tenant: 'uno' }, { limit: 9 });
      expect(items.map(({ credential }) => credential.credentialId)).toEqual(['e1', 'e2']);
    });
  });
}
