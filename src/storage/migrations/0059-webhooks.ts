import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Systems of institutions that are told of events, and each event on its way to one of them. */
export const webhooks: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'webhooks')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('webhook_id', 'text', (c) => c.notNull())
      .addColumn('url', 'text', (c) => c.notNull())
      .addColumn('description', 'text')
      .addColumn('event_types', 'text')
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('edition', 'integer', (c) => c.notNull())
      .addColumn('previous_until', 'text')
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('fence', 'integer', (c) => c.notNull())
      .addColumn('lease_until', 'text')
      .addColumn('failures', 'integer', (c) => c.notNull())
      .addColumn('failing_since', 'text')
      .addColumn('rest_until', 'text')
      .addColumn('disabled_at', 'text')
      .addColumn('disabled_reason', 'text')
      .addPrimaryKeyConstraint('webhooks_pk', ['webhook_id'])
      .execute();
    await engine
      .table(db, 'webhook_deliveries')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('webhook_id', 'text', (c) => c.notNull().references('webhooks.webhook_id'))
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('event_id', 'text', (c) => c.notNull())
      .addColumn('event_type', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('payload', 'text', (c) => c.notNull())
      .addColumn('event_at', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull().check(sql`attempts >= 0`))
      .addColumn('first_at', 'text')
      .addColumn('due_at', 'text', (c) => c.notNull())
      .addColumn('last_at', 'text')
      .addColumn('last_status', 'integer')
      .addColumn('last_fault', 'text')
      .addColumn('last_ms', 'integer')
      .addColumn('settled_at', 'text')
      .addPrimaryKeyConstraint('webhook_deliveries_pk', ['webhook_id', 'seq'])
      .addCheckConstraint('webhook_deliveries_settled', sql`(state = 'pending') = (settled_at is null)`)
      .execute();
    await db.schema
      .createIndex('webhooks_listed')
      .on('webhooks')
      .columns(['tenant', 'created_at', 'webhook_id'])
      .execute();
    await db.schema
      .createIndex('webhooks_active')
      .on('webhooks')
      .columns(['lease_until', 'webhook_id'])
      .where(sql<boolean>`state = 'active'`)
      .execute();
    const pending = (name: string, columns: string[]) =>
      db.schema
        .createIndex(`webhook_deliveries_${name}`)
        .on('webhook_deliveries')
        .columns(columns)
        .where(sql<boolean>`state = 'pending'`)
        .execute();
    await pending('due', ['webhook_id', 'due_at']);
    await pending('first', ['webhook_id', 'subject', 'seq']);
    await db.schema
      .createIndex('webhook_deliveries_settled_at')
      .on('webhook_deliveries')
      .column('settled_at')
      .where(sql<boolean>`settled_at is not null`)
      .execute();
  },
});
