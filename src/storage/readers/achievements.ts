import type { Kysely } from 'kysely';
import type { AchievementReader, AchievementVersion } from '#achievements';
import { deepFreeze } from '#kernel';
import { pageOf } from '../page.ts';
import { achievementRow, imageRow } from '../rows.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

interface Version {
  achievementId: string;
  version: number;
}

const latest = statement((db, { achievementId }: Pick<Version, 'achievementId'>) =>
  db
    .selectFrom('achievementVersions')
    .select('version')
    .where('achievementId', '=', achievementId)
    .orderBy('version', 'desc')
    .limit(1),
);
const one = (db: Kysely<Tables>, { achievementId, version }: Version) =>
  db.selectFrom('achievementVersions').where('achievementId', '=', achievementId).where('version', '=', version);
const exactly = statement((db, of: Version) => one(db, of).select('version'));
const whole = statement((db, of: Version) => one(db, of).selectAll());

const KEPT = 64;

export function achievementReader(db: Kysely<Tables>): AchievementReader {
  const versions = () => db.selectFrom('achievementVersions').selectAll();
  /** No version ever changes, which the engines see to: which ones there are is asked each time, and for whom. */
  const kept = new Map<string, AchievementVersion>();

  async function keep(of: Version, name: string): Promise<AchievementVersion | undefined> {
    const [row] = (await whole(db, of)).rows;
    if (!row) return undefined;
    const found = deepFreeze(achievementRow.fromRow(row));
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
    kept.set(name, found);
    return found;
  }

  return {
    async achievement(achievementId, version) {
      const found = version === undefined ? latest(db, { achievementId }) : exactly(db, { achievementId, version });
      const [there] = (await found).rows;
      if (!there) return undefined;
      const of = { achievementId, version: there.version };
      const name = JSON.stringify([of.achievementId, of.version]);
      return kept.get(name) ?? keep(of, name);
    },
    async achievementVersions(achievementId) {
      const rows = await versions().where('achievementId', '=', achievementId).orderBy('version').execute();
      return rows.map(achievementRow.fromRow);
    },
    /** The latest version of each, by id. */
    achievements(tenant, page) {
      const all = versions()
        .where('tenant', '=', tenant)
        .where('version', '=', (eb) =>
          eb
            .selectFrom('achievementVersions as other')
            .select((of) => of.fn.max('other.version').as('version'))
            .whereRef('other.achievementId', '=', 'achievementVersions.achievementId'),
        );
      return pageOf(all, page, { achievementId: 'text' }, achievementRow.fromRow);
    },
    async image(imageId) {
      const row = await db
        .selectFrom('images')
        .selectAll()
        .where('imageId', '=', imageId)
        .orderBy('createdAt')
        .orderBy('tenant')
        .limit(1)
        .executeTakeFirst();
      return row && imageRow.fromRow(row);
    },
  };
}
