import { sql } from 'kysely';
import type { AnySchema, EngineMigration, MigrationEngine } from './engine.ts';

/** Verifiable credentials that are no badges, their places in status lists of their own, and challenges that are used once. */
export const plainCredentials: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'plain_credentials')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('credential_id', 'text', (c) => c.notNull())
      .addColumn('local_id', 'text', (c) => c.notNull())
      .addColumn('instance', 'text', (c) => c.notNull())
      .addColumn('key_id', 'text', (c) => c.notNull())
      .addColumn('phase', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('status_list_id', 'text')
      .addColumn('status_list_index', 'integer', (c) => c.check(sql`status_list_index >= 0`))
      .addColumn('status_purpose', 'text')
      .addColumn('proof_created', 'text', (c) => c.notNull())
      .addColumn('mandatory_pointers', 'text')
      .addColumn('unsigned', 'text', (c) => c.notNull())
      .addColumn('signed', 'text')
      .addColumn('sha256', 'text')
      .addColumn('idempotency_key', 'text')
      .addColumn('prepared_at', 'text', (c) => c.notNull())
      .addColumn('issued_at', 'text')
      .addColumn('abandoned_at', 'text')
      .addColumn('removed_at', 'text')
      .addPrimaryKeyConstraint('plain_credentials_pk', ['tenant', 'credential_id'])
      .addForeignKeyConstraint('plain_credentials_institution', ['tenant'], 'institutions', ['tenant'])
      .addCheckConstraint(
        'plain_credentials_signed',
        sql`(phase = 'issued') = (signed is not null and sha256 is not null and issued_at is not null)`,
      )
      .addCheckConstraint(
        'plain_credentials_entry',
        sql`(status_list_id is null) = (status_list_index is null) and (status_list_id is null) = (status_purpose is null)`,
      )
      .addCheckConstraint('plain_credentials_removed', sql`removed_at is null or (unsigned = '' and signed = '')`)
      .execute();
    const index = (name: string) => db.schema.createIndex(`plain_credentials_${name}`).on('plain_credentials');
    await index('id').unique().column('credential_id').execute();
    await index('named').columns(['tenant', 'local_id', 'issued_at', 'credential_id']).execute();
    await index('prepared').columns(['prepared_at', 'credential_id']).where(sql<boolean>`phase = 'prepared'`).execute();
    await index('set_bits')
      .columns(['status_list_id', 'status_list_index'])
      .where(sql<boolean>`state <> 'active' or phase = 'abandoned'`)
      .execute();
    await statusEntries(db, engine);
    await challenges(db, engine);
  },
});

/** As `status_entries`: never updated, never deleted, an index and its mirror go to one credential. */
async function statusEntries(db: AnySchema, engine: MigrationEngine): Promise<void> {
  await engine
    .table(db, 'plain_status_entries')
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('list_id', 'text', (c) => c.notNull())
    .addColumn('pair', 'integer', (c) => c.notNull())
    .addColumn('index', 'integer', (c) => c.notNull())
    .addColumn('credential_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('plain_status_entries_pk', ['tenant', 'list_id', 'pair'])
    .addUniqueConstraint('plain_status_entries_credential', ['tenant', 'credential_id'])
    .addForeignKeyConstraint('plain_status_entries_list', ['tenant', 'list_id'], 'status_lists', ['tenant', 'list_id'])
    .addForeignKeyConstraint('plain_status_entries_owner', ['tenant', 'credential_id'], 'plain_credentials', [
      'tenant',
      'credential_id',
    ])
    .addCheckConstraint(
      'plain_status_entries_pair',
      sql`pair = case when ("index" & 7) < 4 then "index" else ("index" | 7) - ("index" & 7) end`,
    )
    .execute();
  await engine.appendOnly(db, 'plain_status_entries');
}

async function challenges(db: AnySchema, engine: MigrationEngine): Promise<void> {
  await engine
    .table(db, 'challenges')
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('challenge', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text')
    .addPrimaryKeyConstraint('challenges_pk', ['challenge'])
    .execute();
  await db.schema.createIndex('challenges_expiry').on('challenges').column('expires_at').execute();
}
