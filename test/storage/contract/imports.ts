import { describe, expect, it } from 'vitest';
import type { ImportedCredential, Keeper } from '#imports';
import { at, imported } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function importContract(open: Open): void {
  describe('badges of elsewhere', () => {
    const store = opened(open);
    const MARIA: Keeper = { kind: 'email', value: 'maria@students.example' };
    const KEY: Keeper = { kind: 'did', value: 'did:key:z9' };
    const most = { count: 4, bytes: 100 };
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const insert = (row: ImportedCredential, quota = most) => commit({ op: 'import.insert', row, most: quota });
    const ids = async (keepers: Keeper[], page: { limit: number; offset: number; since?: string }) => {
      const { items, total } = await store().reader.importsOf(keepers, page);
      return [...items.map(({ importId }) => importId), total];
    };

    it('come back byte for byte, and by whoever keeps them only', async () => {
      const received = new Uint8Array(Array.from({ length: 80 }, (_, n) => (n * 7) % 256));
      const row = imported('one', {
        received,
        credential: '{ }',
        issuerName: 'Specimen',
        address: 'https://x.example/',
      });
      await insert(row);
      expect(await store().reader.imported('one')).toEqual(row);
      const { received: _, credential: __, ...summary } = row;
      expect(await store().reader.importedByIdentity([MARIA], row.identity)).toEqual([summary]);
      expect(await store().reader.importedByIdentity([KEY], row.identity)).toEqual([]);
      expect(await store().reader.imported('two')).toBeUndefined();
      await expect(insert(imported('again', { identity: row.identity }))).rejects.toMatchObject({
        table: 'imported_credentials',
      });
    });

    it('are listed newest first, by page and by when they are valid from', async () => {
      await insert(imported('two', { receivedAt: at(2), validFrom: '2026-05-01T00:00:00.500Z' }));
      await insert(imported('key', { keeperKind: 'did', keeperValue: KEY.value, receivedAt: at(1) }));
      expect(await ids([MARIA, KEY], { limit: 2, offset: 0 })).toEqual(['two', 'key', 3]);
      expect(await ids([MARIA, KEY], { limit: 2, offset: 2 })).toEqual(['one', 3]);
      expect(await ids([MARIA], { limit: 9, offset: 0, since: '2026-05-01T00:00:00Z' })).toEqual(['two', 1]);
      expect(await ids([{ kind: 'did', value: MARIA.value }], { limit: 9, offset: 0 })).toEqual([0]);
    });

    it('are no more than the quota, in number and in bytes, and nothing of one too many stays', async () => {
      await insert(imported('three'));
      await insert(imported('four'));
      await expect(insert(imported('five'))).rejects.toMatchObject({ table: 'import.quota' });
      await expect(insert(imported('five'), { count: 9, bytes: 91 })).rejects.toMatchObject({ table: 'import.quota' });
      expect(await store().reader.imported('five')).toBeUndefined();
      await insert(imported('five'), { count: 9, bytes: 92 });
    });

    it('give way to a later edition, and to no other', async () => {
      const edition = (validFrom: string) =>
        commit({
          op: 'import.replace',
          row: imported('two', { validFrom, format: 'ob3-jwt' }),
          most: { count: 9, bytes: 99 },
        });
      await expect(edition('2026-05-01T00:00:00.500Z')).rejects.toMatchObject({ table: 'import.newer' });
      await edition('2026-05-03T00:00:00.000Z');
      expect(await store().reader.imported('two')).toEqual(
        imported('two', { validFrom: '2026-05-03T00:00:00.000Z', format: 'ob3-jwt' }),
      );
      const gone = imported('gone', { validFrom: '2027-01-01T00:00:00.000Z' });
      await expect(commit({ op: 'import.replace', row: gone, most })).rejects.toMatchObject({ table: 'import.newer' });
    });

    it('say what was found out last, and those are asked about again of which it is not known', async () => {
      const looked = (importId: string, verdict: 'undetermined' | 'valid', second: number) =>
        commit({ op: 'import.looked', importId, verdict, sentence: { en: 'x', fil: 'y' }, verifiedAt: at(second) });
      await looked('three', 'undetermined', 5);
      await looked('four', 'undetermined', 4);
      await looked('four', 'valid', 3);
      await insert(
        imported('older', { keeperKind: 'did', keeperValue: KEY.value, format: 'ob2', verdict: 'undetermined' }),
      );
      const retry = async (received: string, verified: number, limit: number) =>
        (await store().reader.importsToRetry(received, at(verified), limit)).map(({ importId }) => importId);
      expect(await retry('', 9, 9)).toEqual(['four', 'three']);
      expect(await retry('', 9, 1)).toEqual(['four']);
      expect(await retry('', 5, 9)).toEqual(['four']);
      expect(await retry(at(0), 9, 9)).toEqual([]);
      expect((await store().reader.imported('three'))!.sentence).toEqual({ en: 'x', fil: 'y' });
    });

    it('count without what is older than edition 3.0, and are gone when they are taken away', async () => {
      const counted = async (keepers: Keeper[]) =>
        (await store().reader.importsToCount(keepers, 9)).map(({ importId }) => importId);
      expect(await counted([KEY])).toEqual(['key']);
      expect((await counted([MARIA])).length).toBe(5);
      await commit({ op: 'import.remove', importId: 'key' });
      expect(await counted([KEY])).toEqual([]);
    });

    it('are found by whose they are, and go with an erasure', async () => {
      const { reader } = store();
      const of = (kind: 'email' | 'did', value: string) =>
        reader.personalData([{ kind, value, provenAt: at() }], { day: '2026-01-01' });
      const found = (await of('email', MARIA.value)).filter(({ kind }) => kind === 'imported');
      expect(found.map(({ object, fate }) => `${object} ${fate}`).sort()).toEqual(
        ['five', 'four', 'one', 'three', 'two'].map((one) => `${one} erasable`),
      );
      expect(found.find(({ object }) => object === 'three')!.data).toMatchObject({ receivedBase64: 'AP8K' });
      const row = { tenant: 'system', erasedAt: at(9), kind: 'imported', object: 'three', kept: 'entry' } as const;
      await commit({ op: 'personal.erase', row });
      expect(await reader.imported('three')).toBeUndefined();
    });
  });
}
