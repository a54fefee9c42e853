import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Badges that were made elsewhere, as their holders brought them. */
export const importedCredentials: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'imported_credentials')
      .addColumn('import_id', 'text', (c) => c.notNull())
      .addColumn('keeper_kind', 'text', (c) => c.notNull().check(sql`keeper_kind in ('email', 'did')`))
      .addColumn('keeper_value', 'text', (c) => c.notNull())
      .addColumn('format', 'text', (c) => c.notNull().check(sql`format in ('ob3-json', 'ob3-jwt', 'ob2')`))
      .addColumn('received', sql.raw(engine.bytes), (c) => c.notNull())
      .addColumn('received_bytes', 'integer', (c) => c.notNull())
      .addColumn('received_sha256', 'text', (c) => c.notNull())
      .addColumn('media_type', 'text', (c) => c.notNull())
      .addColumn('credential', 'text')
      .addColumn('credential_id', 'text')
      .addColumn('issuer_id', 'text')
      .addColumn('name', 'text')
      .addColumn('issuer_name', 'text')
      .addColumn('identity', 'text', (c) => c.notNull())
      .addColumn('valid_from', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('source', 'text', (c) => c.notNull().check(sql`source in ('upload', 'url', 'host', 'api')`))
      .addColumn('address', 'text')
      .addColumn('received_at', 'text', (c) => c.notNull())
      .addColumn('arrival_verdict', 'text', (c) => c.notNull())
      .addColumn('report_sha256', 'text', (c) => c.notNull())
      .addColumn('verdict', 'text', (c) => c.notNull().check(sql`verdict in ('valid', 'invalid', 'undetermined')`))
      .addColumn('sentence', 'text', (c) => c.notNull())
      .addColumn('verified_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('imported_credentials_pk', ['import_id'])
      .addUniqueConstraint('imported_credentials_identity', ['keeper_kind', 'keeper_value', 'identity'])
      .execute();
    await db.schema
      .createIndex('imported_credentials_listed')
      .on('imported_credentials')
      .columns(['keeper_kind', 'keeper_value', 'received_at', 'import_id'])
      .execute();
    await db.schema
      .createIndex('imported_credentials_unknown')
      .on('imported_credentials')
      .columns(['verified_at', 'import_id'])
      .where(sql<boolean>`verdict = 'undetermined' and format <> 'ob2'`)
      .execute();
  },
});
