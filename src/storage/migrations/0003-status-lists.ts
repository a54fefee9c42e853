import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Bitstring Status List 1.0: lists of at least 131,072 entries (section 3.2), whole bytes. */
export const statusLists: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'status_lists')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('list_id', 'text', (c) => c.notNull())
      .addColumn('purpose', 'text', (c) => c.notNull())
      .addColumn('length', 'integer', (c) => c.notNull().check(sql`length >= 131072 and length % 8 = 0`))
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('published', 'text')
      .addColumn('published_at', 'text')
      .addColumn('reserved', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('status_lists_pk', ['tenant', 'list_id'])
      .execute();
    await db.schema.createIndex('status_lists_id').unique().on('status_lists').column('list_id').execute();
    await db.schema
      .createIndex('status_lists_open')
      .on('status_lists')
      .columns(['tenant', 'purpose', 'created_at', 'list_id'])
      .execute();
  },
});
