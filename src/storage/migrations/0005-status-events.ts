import type { EngineMigration } from './engine.ts';

/** Why a status changed, and the answers kept for retries. */
export const statusEvents: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'status_events')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('credential_id', 'text', (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('status_events_pk', ['tenant', 'credential_id', 'seq'])
      .addForeignKeyConstraint('status_events_credential', ['tenant', 'credential_id'], 'credentials', [
        'tenant',
        'credential_id',
      ])
      .execute();
    await db.schema.createIndex('status_events_id').on('status_events').columns(['credential_id', 'seq']).execute();
    await engine.appendOnly(db, 'status_events');

    await engine
      .table(db, 'idempotency')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('operation', 'text', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('request_sha256', 'text', (c) => c.notNull())
      .addColumn('credential_ids', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('idempotency_pk', ['tenant', 'operation', 'key'])
      .execute();
  },
});
