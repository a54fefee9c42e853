import type { EngineMigration } from './engine.ts';

/** Tenants, their signing keys (never deleted: old signatures need them) and API keys. */
export const institutions: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'institutions')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('profile', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('institutions_pk', ['tenant'])
      .execute();

    await engine
      .table(db, 'signing_keys')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('key_id', 'text', (c) => c.notNull())
      .addColumn('purpose', 'text', (c) => c.notNull())
      .addColumn('public_key_multibase', 'text', (c) => c.notNull())
      .addColumn('wrapped_private_key', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('retired_at', 'text')
      .addColumn('revoked_at', 'text')
      .addPrimaryKeyConstraint('signing_keys_pk', ['tenant', 'key_id'])
      .addForeignKeyConstraint('signing_keys_institution', ['tenant'], 'institutions', ['tenant'])
      .execute();

    await engine
      .table(db, 'api_keys')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('key_id', 'text', (c) => c.notNull())
      .addColumn('secret_sha256', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('label', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text')
      .addColumn('revoked_at', 'text')
      .addPrimaryKeyConstraint('api_keys_pk', ['tenant', 'key_id'])
      .execute();
    await db.schema.createIndex('api_keys_id').unique().on('api_keys').column('key_id').execute();
    await db.schema.createIndex('api_keys_list').on('api_keys').columns(['tenant', 'created_at', 'key_id']).execute();
  },
});
