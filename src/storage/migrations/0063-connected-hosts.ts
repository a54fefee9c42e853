import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Hosts of others at which learners have badges, what learners allowed this service there, and what they asked for. */
export const connectedHosts: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'known_hosts')
      .addColumn('host_id', 'text', (c) => c.primaryKey())
      .addColumn('discovery_url', 'text', (c) => c.notNull().unique())
      .addColumn('description', 'text', (c) => c.notNull())
      .addColumn('client_id', 'text', (c) => c.notNull())
      .addColumn('client_secret', 'text', (c) => c.notNull())
      .addColumn('scope', 'text', (c) => c.notNull())
      .addColumn('secret_expires_at', 'text')
      .addColumn('registered_at', 'text', (c) => c.notNull())
      .execute();

    await engine
      .table(db, 'host_authorizations')
      .addColumn('state_sha256', 'text', (c) => c.primaryKey())
      .addColumn('host_id', 'text', (c) => c.notNull())
      .addColumn('session_id', 'text', (c) => c.notNull())
      .addColumn('verifier', 'text', (c) => c.notNull())
      .addColumn('scope', 'text', (c) => c.notNull())
      .addColumn('lang', 'text', (c) => c.notNull().check(sql`lang in ('en', 'fil')`))
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .addForeignKeyConstraint('host_authorizations_host', ['host_id'], 'known_hosts', ['host_id'])
      .execute();
    await db.schema.createIndex('host_authorizations_host').on('host_authorizations').column('host_id').execute();
    await db.schema.createIndex('host_authorizations_expiry').on('host_authorizations').column('expires_at').execute();

    await engine
      .table(db, 'host_connections')
      .addColumn('connection_id', 'text', (c) => c.primaryKey())
      .addColumn('host_id', 'text', (c) => c.notNull())
      .addColumn('keeper_kind', 'text', (c) => c.notNull().check(sql`keeper_kind in ('email', 'did')`))
      .addColumn('keeper_value', 'text', (c) => c.notNull())
      .addColumn('scope', 'text', (c) => c.notNull())
      .addColumn('tokens', 'text', (c) => c.notNull())
      .addColumn('access_expires_at', 'text', (c) => c.notNull())
      .addColumn('connected_at', 'text', (c) => c.notNull())
      .addColumn('pulled_at', 'text')
      .addColumn('ended_at', 'text')
      .addColumn('fence', 'integer', (c) => c.notNull())
      .addColumn('lease_until', 'text')
      .addForeignKeyConstraint('host_connections_host', ['host_id'], 'known_hosts', ['host_id'])
      .addUniqueConstraint('host_connections_keeper', ['keeper_kind', 'keeper_value', 'host_id'])
      .execute();
    await db.schema.createIndex('host_connections_host').on('host_connections').column('host_id').execute();

    await engine
      .table(db, 'host_transfers')
      .addColumn('transfer_id', 'text', (c) => c.primaryKey())
      .addColumn('connection_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('pull', 'push')`))
      .addColumn('credential_id', 'text', (c) => c.notNull())
      .addColumn('form', 'text', (c) => c.notNull().check(sql`form in ('document', 'token')`))
      .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('waiting', 'done', 'failed')`))
      .addColumn('outcome', 'text', (c) => c.check(sql`outcome in ('created', 'replaced', 'unchanged')`))
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('tries', 'integer', (c) => c.notNull())
      .addColumn('due_at', 'text', (c) => c.notNull())
      .addColumn('next', 'text')
      .addColumn('pages', 'integer', (c) => c.notNull())
      .addColumn('badges', 'text', (c) => c.notNull())
      .addColumn('problem', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('settled_at', 'text')
      .addForeignKeyConstraint('host_transfers_connection', ['connection_id'], 'host_connections', ['connection_id'])
      .execute();
    // Whoever asks twice asked once.
    await db.schema
      .createIndex('host_transfers_waiting')
      .unique()
      .on('host_transfers')
      .columns(['connection_id', 'kind', 'credential_id'])
      .where(sql<boolean>`state = 'waiting'`)
      .execute();
    await db.schema
      .createIndex('host_transfers_due')
      .on('host_transfers')
      .columns(['due_at', 'transfer_id'])
      .where(sql<boolean>`state = 'waiting'`)
      .execute();
    await db.schema
      .createIndex('host_transfers_listed')
      .on('host_transfers')
      .columns(['connection_id', 'created_at', 'transfer_id'])
      .execute();
    await db.schema.createIndex('host_transfers_settled').on('host_transfers').column('settled_at').execute();
  },
});
