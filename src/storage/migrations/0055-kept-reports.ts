import type { EngineMigration } from './engine.ts';

/** Reports of verifications that visitors asked to keep, for a month; afterwards only that there was one. */
export const keptReports: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'kept_reports')
      .addColumn('report_id', 'text', (c) => c.primaryKey())
      .addColumn('kept_at', 'text', (c) => c.notNull())
      .addColumn('ends_at', 'text', (c) => c.notNull())
      .addColumn('content', 'text')
      .execute();
    await db.schema.createIndex('kept_reports_end').on('kept_reports').column('ends_at').execute();
  },
});
