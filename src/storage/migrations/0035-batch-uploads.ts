import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** What an upload that was broken off left behind is found by its lease. */
export const batchUploads: EngineMigration = () => ({
  async up(db) {
    await db.schema
      .createIndex('batches_uploading')
      .on('batches')
      .columns(['lease_until', 'batch_id'])
      .where(sql<boolean>`state = 'uploading'`)
      .execute();
  },
});
