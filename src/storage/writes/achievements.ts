import { achievementRow, imageRow } from '../rows.ts';
import { mustFollow, type WriteTable } from './write-table.ts';

export const achievementWrites: WriteTable<'achievement.insertVersion' | 'image.insert'> = {
  'achievement.insertVersion': async (trx, { row }) => {
    const last = await trx
      .selectFrom('achievementVersions')
      .select(['tenant', 'version'])
      .where('achievementId', '=', row.achievementId)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    mustFollow('achievement_versions', last, row);
    await trx.insertInto('achievementVersions').values(achievementRow.toRow(row)).execute();
  },
  /** The id is the digest of the bytes, so storing the same image again changes nothing. */
  'image.insert': async (trx, { row }) => {
    await trx
      .insertInto('images')
      .values(imageRow.toRow(row))
      .onConflict((conflict) => conflict.columns(['tenant', 'imageId']).doNothing())
      .execute();
  },
};
