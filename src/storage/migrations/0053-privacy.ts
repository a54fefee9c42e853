import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** What learners choose to show, what was erased for them, and how long an institution keeps their data first. */
export const privacy: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'release_choices')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('credential_id', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull().check(sql`name in ('hidden', 'shown')`))
      .addColumn('comparison', 'text', (c) => c.notNull().check(sql`comparison in ('answered', 'refused')`))
      .addColumn('page', 'text', (c) => c.notNull().check(sql`page in ('shown', 'hidden')`))
      .addColumn('chosen_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('release_choices_pk', ['credential_id'])
      .addForeignKeyConstraint('release_choices_credential', ['tenant', 'credential_id'], 'credentials', [
        'tenant',
        'credential_id',
      ])
      .execute();

    await engine
      .table(db, 'erasures')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('erased_at', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('object', 'text', (c) => c.notNull())
      .addColumn('object_sha256', 'text')
      .addColumn('kept', 'text', (c) => c.notNull().check(sql`kept in ('document', 'digest', 'entry')`))
      .addPrimaryKeyConstraint('erasures_pk', ['tenant', 'kind', 'object'])
      .execute();
    await db.schema
      .createIndex('erasures_listed')
      .on('erasures')
      .columns(['tenant', 'erased_at', 'kind', 'object'])
      .execute();

    await db.schema.alterTable('credentials').addColumn('erased_at', 'text').execute();
    await db.schema.alterTable('institutions').addColumn('recipient_retention_days', 'integer').execute();
    // Only rows that became no credential: the others are found by theirs.
    await db.schema
      .createIndex('batch_rows_without_credential')
      .on('batch_rows')
      .columns(['tenant', 'batch_id', 'row'])
      .where(sql<boolean>`credential_id is null`)
      .execute();
  },
});
