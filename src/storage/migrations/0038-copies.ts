import type { EngineMigration } from './engine.ts';

/** From here on a store can say that it is not for every version. */
export const COPIES = '0038-copies';

/**
 * For stores that were restored or moved: lists to which nothing new goes, statuses that were published after the backup was
 * made, and what a store demands of whoever opens it.
 */
export const copies: EngineMigration = (engine) => ({
  async up(db) {
    await db.schema.alterTable('status_lists').addColumn('closed_at', 'text').execute();
    await engine
      .table(db, 'carried_statuses')
      .addColumn('list_id', 'text', (c) => c.notNull())
      .addColumn('entry', 'text', (c) => c.notNull())
      .addColumn('carried_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('carried_statuses_pk', ['list_id', 'entry'])
      .execute();
    await engine.appendOnly(db, 'carried_statuses');
    await engine
      .table(db, 'store_marks')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('detail', 'text', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .execute();
  },
});
