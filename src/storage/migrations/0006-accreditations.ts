import type { EngineMigration } from './engine.ts';

/** Grants and what happened to them: both append-only, so that the state on any past day can be worked out again. */
export const accreditations: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'accreditations')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('accreditation_id', 'text', (c) => c.notNull())
      .addColumn('accreditor', 'text', (c) => c.notNull())
      .addColumn('accredited', 'text', (c) => c.notNull())
      .addColumn('verb', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('scope', 'text', (c) => c.notNull())
      .addColumn('valid_from', 'text', (c) => c.notNull())
      .addColumn('valid_until', 'text')
      .addColumn('signed', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('accreditations_pk', ['tenant', 'accreditation_id'])
      .execute();
    await db.schema.createIndex('accreditations_id').unique().on('accreditations').column('accreditation_id').execute();
    await db.schema
      .createIndex('accreditations_list')
      .on('accreditations')
      .columns(['tenant', 'created_at', 'accreditation_id'])
      .execute();
    await engine.appendOnly(db, 'accreditations');

    await engine
      .table(db, 'accreditation_events')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('accreditation_id', 'text', (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('effective_at', 'text', (c) => c.notNull())
      .addColumn('recorded_at', 'text', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('accreditation_events_pk', ['tenant', 'accreditation_id', 'seq'])
      .addForeignKeyConstraint('accreditation_events_grant', ['tenant', 'accreditation_id'], 'accreditations', [
        'tenant',
        'accreditation_id',
      ])
      .execute();
    await engine.appendOnly(db, 'accreditation_events');
  },
});
