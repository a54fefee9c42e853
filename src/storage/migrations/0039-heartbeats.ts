import type { EngineMigration } from './engine.ts';

/**
 * One row that is written to see whether anything can be written, and the order in time of changes of status: whoever
 * watches asks for the newest.
 */
export const heartbeats: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'heartbeats')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('at', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('status_events_at').on('status_events').columns(['at']).execute();
  },
});
