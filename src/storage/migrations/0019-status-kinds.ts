import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/**
 * Status in other ways: lists that name what was revoked (Open Badges `1EdTechRevocationList`), chosen by the version of
 * the achievement, and lists for credentials that are no badges of an achievement. Absent means what was there before.
 */
export const statusKinds: EngineMigration = (engine) => ({
  async up(db) {
    await db.schema.alterTable('achievement_versions').addColumn('status_type', 'text').execute();
    await db.schema.alterTable('status_lists').addColumn('kind', 'text').execute();
    await engine
      .table(db, 'other_status_entries')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('list_id', 'text', (c) => c.notNull())
      .addColumn('pair', 'integer', (c) => c.notNull())
      .addColumn('index', 'integer', (c) => c.notNull().check(sql`"index" >= 0`))
      .addColumn('credential_id', 'text', (c) => c.notNull())
      .addColumn('purpose', 'text', (c) => c.notNull())
      .addColumn('is_set', 'integer', (c) => c.notNull().check(sql`is_set in (0, 1)`))
      .addColumn('reserved_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('other_status_entries_pk', ['tenant', 'list_id', 'pair'])
      .addUniqueConstraint('other_status_entries_credential', ['tenant', 'credential_id', 'purpose'])
      .addForeignKeyConstraint('other_status_entries_list', ['tenant', 'list_id'], 'status_lists', [
        'tenant',
        'list_id',
      ])
      .addCheckConstraint(
        'other_status_entries_pair',
        sql`pair = case when ("index" & 7) < 4 then "index" else ("index" | 7) - ("index" & 7) end`,
      )
      .execute();
    await db.schema
      .createIndex('other_status_entries_set')
      .on('other_status_entries')
      .columns(['list_id', 'index'])
      .where(sql<boolean>`is_set = 1`)
      .execute();
  },
});
