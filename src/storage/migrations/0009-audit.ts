import type { EngineMigration } from './engine.ts';

/** The audit log: one chain over all tenants, no way to update or delete. */
export const audit: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'audit')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('operation', 'text', (c) => c.notNull())
      .addColumn('object', 'text', (c) => c.notNull())
      .addColumn('object_sha256', 'text')
      .addColumn('detail', 'text')
      .addColumn('previous_hash', 'text', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('audit_pk', ['tenant', 'seq'])
      .execute();
    await db.schema.createIndex('audit_seq').unique().on('audit').column('seq').execute();
    // A log that forks has two entries with one parent.
    await db.schema.createIndex('audit_previous').unique().on('audit').column('previous_hash').execute();
    await engine.appendOnly(db, 'audit');
  },
});
