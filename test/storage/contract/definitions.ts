import { describe, expect, it } from 'vitest';
import { achievement, at, pathway } from '../support/records.ts';
import { type Open, opened } from './open.ts';

/** Achievements, images and pathways: things that are never edited. */
export function definitionContract(open: Open): void {
  describe('definitions', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const page = { limit: 50 };

    it('keeps every version of an achievement; the latest is the default', async () => {
      const versions = [1, 2, 3].map((version) => achievement('uno', 'a1', version));
      for (const row of versions) await commit({ op: 'achievement.insertVersion', row });
      const { reader } = store();
      expect(await reader.achievement('a1')).toEqual(versions[2]);
      expect(await reader.achievement('a1', 2)).toEqual(versions[1]);
      expect(await reader.achievement('a1', 4)).toBeUndefined();
      expect(await reader.achievementVersions('a1')).toEqual(versions);
      expect((await reader.achievements('uno', page)).items).toEqual([achievement('uno', 'ACH-uno'), versions[2]]);
      expect((await reader.achievements('dos', page)).items).toEqual([achievement('dos', 'ACH-dos')]);
    });

    it('keeps the JSON text of a document as it was', async () => {
      const row = achievement('uno', 'a2');
      await commit({ op: 'achievement.insertVersion', row });
      expect(JSON.stringify((await store().reader.achievement('a2'))?.document)).toBe(JSON.stringify(row.document));
    });

    it.each([
      ['the same version again', achievement('uno', 'a9', 1)],
      ['a version of another tenant', achievement('dos', 'a9', 2)],
    ])('refuses %s', async (_, row) => {
      if (!(await store().reader.achievement('a9'))) {
        await commit({ op: 'achievement.insertVersion', row: achievement('uno', 'a9') });
      }
      await expect(commit({ op: 'achievement.insertVersion', row })).rejects.toMatchObject({
        name: 'UniqueViolation',
        table: 'achievement_versions',
      });
      expect(await store().reader.achievementVersions('a9')).toHaveLength(1);
    });

    it('refuses to skip a version', async () => {
      const skip = achievement('uno', 'ACH-uno', 3);
      await expect(commit({ op: 'achievement.insertVersion', row: skip })).rejects.toThrow('version 3 after 1');
    });

    it('keeps image bytes; the same image of two tenants is one look-up', async () => {
      const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 256);
      const row = {
        tenant: 'uno',
        imageId: 'f00d',
        mediaType: 'image/png' as const,
        bytes,
        width: 3,
        createdAt: at(1),
      };
      await commit({ op: 'image.insert', row }, { op: 'image.insert', row });
      await commit({ op: 'image.insert', row: { ...row, tenant: 'dos', createdAt: at(2) } });
      expect(await store().reader.image('f00d')).toEqual(row);
      expect(await store().reader.image('beef')).toBeUndefined();
    });

    it('keeps every version of a pathway', async () => {
      for (const version of [1, 2]) await commit({ op: 'pathway.insert', row: pathway('uno', 'p1', version) });
      await commit({ op: 'pathway.insert', row: pathway('dos', 'p2') });
      const { reader } = store();
      expect(await reader.pathway('p1')).toEqual(pathway('uno', 'p1', 2));
      expect(await reader.pathway('p1', 1)).toEqual(pathway('uno', 'p1', 1));
      expect(await reader.pathway('p1', 3)).toBeUndefined();
      expect((await reader.pathways(undefined, page)).items.map((item) => item.pathwayId)).toEqual(['p1', 'p2']);
      expect((await reader.pathways('uno', page)).items).toEqual([pathway('uno', 'p1', 2)]);
      await expect(commit({ op: 'pathway.insert', row: pathway('dos', 'p1', 3) })).rejects.toMatchObject({
        table: 'pathways',
      });
    });
  });
}
