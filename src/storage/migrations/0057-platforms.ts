import type { EngineMigration } from './engine.ts';

/** Badge platforms that registered themselves, what learners allowed them, and profiles of learners. */
export const platforms: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'platforms')
      .addColumn('client_id', 'text', (c) => c.primaryKey())
      .addColumn('secret_sha256', 'text', (c) => c.notNull())
      .addColumn('metadata', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('used_at', 'text')
      .execute();
    await db.schema.createIndex('platforms_unused').on('platforms').columns(['used_at', 'created_at']).execute();

    await engine
      .table(db, 'connections')
      .addColumn('connection_id', 'text', (c) => c.primaryKey())
      .addColumn('client_id', 'text', (c) => c.notNull())
      .addColumn('scopes', 'text', (c) => c.notNull())
      .addColumn('grant_sha256', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .addForeignKeyConstraint('connections_platform', ['client_id'], 'platforms', ['client_id'])
      .execute();
    await db.schema.createIndex('connections_grant').on('connections').column('grant_sha256').execute();
    await db.schema.createIndex('connections_expiry').on('connections').column('expires_at').execute();
    await db.schema.createIndex('connections_platform').on('connections').column('client_id').execute();

    await engine
      .table(db, 'connection_identifiers')
      .addColumn('connection_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('value', 'text', (c) => c.notNull())
      .addColumn('proven_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('connection_identifiers_pk', ['connection_id', 'kind', 'value'])
      .addForeignKeyConstraint('connection_identifiers_connection', ['connection_id'], 'connections', ['connection_id'])
      .execute();
    await db.schema
      .createIndex('connection_identifiers_value')
      .on('connection_identifiers')
      .columns(['value', 'kind'])
      .execute();

    await engine
      .table(db, 'holder_profiles')
      .addColumn('email', 'text', (c) => c.primaryKey())
      .addColumn('profile_id', 'text', (c) => c.notNull().unique())
      .addColumn('document', 'text', (c) => c.notNull())
      .addColumn('updated_at', 'text', (c) => c.notNull())
      .execute();
  },
});
