import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/**
 * No index of credentials rests on what a release changes, except where the engine finds open intents by one: a server that
 * writes a changed row beside the old one need not write all of its indexes again. What was given up has the time when that
 * was, and only that.
 *
 * The version before finds the same without these indexes, more slowly, for as long as it runs beside this one.
 */
export const openIntents: EngineMigration = (engine) => ({
  async up(db) {
    await engine.openIntents(db);
    for (const table of ['credentials', 'plain_credentials']) {
      await db.schema.dropIndex(`${table}_set_bits`).execute();
      await db.schema
        .createIndex(`${table}_set_bits`)
        .on(table)
        .columns(['status_list_id', 'status_list_index'])
        .where(sql<boolean>`state <> 'active' or abandoned_at is not null`)
        .execute();
    }
    for (const name of ['form', 'of_guardian']) await db.schema.dropIndex(`credentials_${name}`).execute();
    await db.schema
      .createIndex('credentials_form')
      .unique()
      .on('credentials')
      .columns(['tenant', 'form_of', 'subject_id'])
      .where(sql<boolean>`form_of is not null and abandoned_at is null`)
      .execute();
    await db.schema
      .createIndex('credentials_of_guardian')
      .on('credentials')
      .columns(['guardian_email', 'prepared_at'])
      .where(sql<boolean>`guardian_email is not null`)
      .execute();
  },
});
