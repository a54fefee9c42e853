import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Batches with their lease, and their rows. */
export const batches: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'batches')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('batch_id', 'text', (c) => c.notNull())
      .addColumn('achievement_id', 'text', (c) => c.notNull())
      .addColumn('achievement_version', 'integer', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('options', 'text', (c) => c.notNull())
      .addColumn('rows', 'integer', (c) => c.notNull())
      .addColumn('invalid_rows', 'integer', (c) => c.notNull())
      .addColumn('issued_rows', 'integer', (c) => c.notNull())
      .addColumn('failed_rows', 'integer', (c) => c.notNull())
      .addColumn('request_sha256', 'text', (c) => c.notNull())
      .addColumn('idempotency_key', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('finished_at', 'text')
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('fence', 'integer', (c) => c.notNull())
      .addColumn('lease_until', 'text')
      .addPrimaryKeyConstraint('batches_pk', ['tenant', 'batch_id'])
      .addUniqueConstraint('batches_idempotency', ['tenant', 'idempotency_key'])
      .execute();
    await db.schema.createIndex('batches_list').on('batches').columns(['tenant', 'created_at', 'batch_id']).execute();
    await db.schema
      .createIndex('batches_runnable')
      .on('batches')
      .columns(['created_at', 'batch_id'])
      .where(sql<boolean>`state in ('queued', 'running')`)
      .execute();

    await engine
      .table(db, 'batch_rows')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('batch_id', 'text', (c) => c.notNull())
      .addColumn('row', 'integer', (c) => c.notNull())
      .addColumn('input', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('credential_id', 'text')
      .addColumn('errors', 'text')
      .addPrimaryKeyConstraint('batch_rows_pk', ['tenant', 'batch_id', 'row'])
      .addForeignKeyConstraint('batch_rows_batch', ['tenant', 'batch_id'], 'batches', ['tenant', 'batch_id'])
      .execute();
    await db.schema
      .createIndex('batch_rows_pending')
      .on('batch_rows')
      .columns(['tenant', 'batch_id', 'row'])
      .where(sql<boolean>`state = 'valid'`)
      .execute();
  },
});
