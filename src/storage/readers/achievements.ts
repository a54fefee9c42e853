import type { Kysely } from 'kysely';
import type { AchievementReader } from '#achievements';
import { pageOf } from '../page.ts';
import { achievementRow, imageRow } from '../rows.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

const latest = statement((db, { achievementId }: { achievementId: string }) =>
  db
    .selectFrom('achievementVersions')
    .selectAll()
    .where('achievementId', '=', achievementId)
    .orderBy('version', 'desc')
    .limit(1),
);
const exactly = statement((db, { achievementId, version }: { achievementId: string; version: number }) =>
  db
    .selectFrom('achievementVersions')
    .selectAll()
    .where('achievementId', '=', achievementId)
    .where('version', '=', version),
);

export function achievementReader(db: Kysely<Tables>): AchievementReader {
  const versions = () => db.selectFrom('achievementVersions').selectAll();
  return {
    async achievement(achievementId, version) {
      const found = version === undefined ? latest(db, { achievementId }) : exactly(db, { achievementId, version });
      const [row] = (await found).rows;
      return row && achievementRow.fromRow(row);
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
