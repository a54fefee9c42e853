import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Forms of an award, and awards that wait to be taken. */
export const offers: EngineMigration = (engine) => ({
  async up(db) {
    await db.schema
      .alterTable('credentials')
      .addColumn('form_of', 'text', (c) => c.references('credentials.credential_id'))
      .execute();
    await db.schema.alterTable('credentials').addColumn('offer_id', 'text').execute();
    // One living form of an award for each holder.
    await db.schema
      .createIndex('credentials_form')
      .unique()
      .on('credentials')
      .columns(['tenant', 'form_of', 'subject_id'])
      .where(sql<boolean>`form_of is not null and phase <> 'abandoned'`)
      .execute();

    await engine
      .table(db, 'offers')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('offer_id', 'text', (c) => c.notNull())
      .addColumn('credential_id', 'text', (c) => c.notNull())
      .addColumn('award_id', 'text', (c) => c.notNull())
      .addColumn('secret_sha256', 'text', (c) => c.notNull())
      .addColumn('confirmation', 'text', (c) => c.notNull())
      .addColumn('tries', 'integer', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .addColumn('holders', 'text')
      .addColumn('taken_at', 'text')
      .addColumn('taken_by', 'text')
      .addColumn('accepted_at', 'text')
      .addPrimaryKeyConstraint('offers_pk', ['tenant', 'offer_id'])
      .addForeignKeyConstraint('offers_credential', ['tenant', 'credential_id'], 'credentials', [
        'tenant',
        'credential_id',
      ])
      .addCheckConstraint(
        'offers_taken',
        sql`(taken_at is null) = (holders is null) and (taken_at is null) = (taken_by is null)`,
      )
      .execute();
    const index = (name: string) => db.schema.createIndex(`offers_${name}`).on('offers');
    await index('id').unique().column('offer_id').execute();
    await index('secret').unique().column('secret_sha256').execute();
    await index('listed').columns(['tenant', 'created_at', 'offer_id']).execute();
    await index('of_credential').columns(['tenant', 'credential_id', 'created_at', 'offer_id']).execute();
  },
});
