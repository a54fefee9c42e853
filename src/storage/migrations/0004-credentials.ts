import { sql } from 'kysely';
import type { AnySchema, EngineMigration, MigrationEngine } from './engine.ts';

/** Credentials; an `issued` one has its bytes. */
export const credentials: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'credentials')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('credential_id', 'text', (c) => c.notNull())
      .addColumn('award_id', 'text', (c) => c.notNull())
      .addColumn('edition', 'integer', (c) => c.notNull())
      .addColumn('achievement_id', 'text', (c) => c.notNull())
      .addColumn('achievement_version', 'integer', (c) => c.notNull())
      .addColumn('recipient', 'text', (c) => c.notNull())
      .addColumn('status_list_id', 'text', (c) => c.notNull())
      .addColumn('status_list_index', 'integer', (c) => c.notNull().check(sql`status_list_index >= 0`))
      .addColumn('status_purpose', 'text', (c) => c.notNull())
      .addColumn('key_id', 'text', (c) => c.notNull())
      .addColumn('phase', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('awarded_date', 'text', (c) => c.notNull())
      .addColumn('valid_from', 'text', (c) => c.notNull())
      .addColumn('valid_until', 'text')
      .addColumn('proof_created', 'text', (c) => c.notNull())
      .addColumn('unsigned', 'text', (c) => c.notNull())
      .addColumn('signed', 'text')
      .addColumn('sha256', 'text')
      .addColumn('idempotency_key', 'text')
      .addColumn('batch_id', 'text')
      .addColumn('batch_row', 'integer')
      .addColumn('prepared_at', 'text', (c) => c.notNull())
      .addColumn('issued_at', 'text')
      .addColumn('abandoned_at', 'text')
      .addPrimaryKeyConstraint('credentials_pk', ['tenant', 'credential_id'])
      .addForeignKeyConstraint(
        'credentials_achievement',
        ['achievement_id', 'achievement_version'],
        'achievement_versions',
        ['achievement_id', 'version'],
      )
      .addCheckConstraint(
        'credentials_signed',
        sql`(phase = 'issued') = (signed is not null and sha256 is not null and issued_at is not null)`,
      )
      .execute();
    await indexes(db);
    await statusEntries(db, engine);
  },
});

async function indexes(db: AnySchema): Promise<void> {
  const index = (name: string) => db.schema.createIndex(`credentials_${name}`).on('credentials');
  await index('id').unique().column('credential_id').execute();
  // What was abandoned after a crash may be tried again under the same award or batch row; two living ones may not be.
  const living = sql<boolean>`phase <> 'abandoned'`;
  await index('award').unique().columns(['tenant', 'award_id', 'edition']).where(living).execute();
  await index('batch').unique().columns(['tenant', 'batch_id', 'batch_row']).where(living).execute();
  await index('list').columns(['tenant', 'prepared_at', 'credential_id']).execute();
  await index('of_achievement').columns(['tenant', 'achievement_id', 'prepared_at', 'credential_id']).execute();
  await index('of_batch')
    .columns(['tenant', 'batch_id', 'prepared_at', 'credential_id'])
    .where(sql<boolean>`batch_id is not null`)
    .execute();
  await index('prepared').columns(['prepared_at', 'credential_id']).where(sql<boolean>`phase = 'prepared'`).execute();
  await index('set_bits')
    .columns(['status_list_id', 'status_list_index'])
    .where(sql<boolean>`state <> 'active' or phase = 'abandoned'`)
    .execute();
}

/** One row per reserved pair of indexes; never updated, never deleted: an index is never given out twice. */
async function statusEntries(db: AnySchema, engine: MigrationEngine): Promise<void> {
  await engine
    .table(db, 'status_entries')
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('list_id', 'text', (c) => c.notNull())
    .addColumn('pair', 'integer', (c) => c.notNull())
    .addColumn('index', 'integer', (c) => c.notNull())
    .addColumn('credential_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('status_entries_pk', ['tenant', 'list_id', 'pair'])
    .addUniqueConstraint('status_entries_credential', ['tenant', 'credential_id'])
    .addForeignKeyConstraint('status_entries_list', ['tenant', 'list_id'], 'status_lists', ['tenant', 'list_id'])
    .addForeignKeyConstraint('status_entries_owner', ['tenant', 'credential_id'], 'credentials', [
      'tenant',
      'credential_id',
    ])
    // The smaller of n and n XOR 7 is the one whose low three bits are below 4; n XOR 7 is (n OR 7) - (n AND 7).
    .addCheckConstraint(
      'status_entries_pair',
      sql`pair = case when ("index" & 7) < 4 then "index" else ("index" | 7) - ("index" & 7) end`,
    )
    .execute();
  await engine.appendOnly(db, 'status_entries');
}
