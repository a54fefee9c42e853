import type { EngineMigration } from './engine.ts';

/** Tokens, codes and sessions of the authorisation server; the key its secrets come from; systems of institutions. */
export const oauth: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'oauth_records')
      .addColumn('model', 'text', (c) => c.notNull())
      .addColumn('id_sha256', 'text', (c) => c.notNull())
      .addColumn('grant_sha256', 'text')
      .addColumn('uid_sha256', 'text')
      .addColumn('payload', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .addColumn('consumed_at', 'text')
      .addPrimaryKeyConstraint('oauth_records_pk', ['model', 'id_sha256'])
      .execute();
    const index = (name: string) => db.schema.createIndex(`oauth_records_${name}`).on('oauth_records');
    await index('grant').column('grant_sha256').execute();
    await index('uid').columns(['model', 'uid_sha256']).execute();
    await index('expiry').column('expires_at').execute();
    await engine
      .table(db, 'oauth_keys')
      .addColumn('key_id', 'text', (c) => c.notNull())
      .addColumn('public_key_multibase', 'text', (c) => c.notNull())
      .addColumn('wrapped_private_key', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('oauth_keys_pk', ['key_id'])
      .execute();
    await engine
      .table(db, 'oauth_clients')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('client_id', 'text', (c) => c.notNull())
      .addColumn('secret_sha256', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('label', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('revoked_at', 'text')
      .addPrimaryKeyConstraint('oauth_clients_pk', ['tenant', 'client_id'])
      .addForeignKeyConstraint('oauth_clients_institution', ['tenant'], 'institutions', ['tenant'])
      .execute();
    await db.schema.createIndex('oauth_clients_id').on('oauth_clients').unique().column('client_id').execute();
  },
});
