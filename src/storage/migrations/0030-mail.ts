import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Messages waiting to be sent, and what became of them; how often the link of an offer was replaced. */
export const mail: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'mail')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('mail_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('to', 'text')
      .addColumn('lang', 'text', (c) => c.notNull())
      .addColumn('object', 'text', (c) => c.notNull())
      .addColumn('content', 'text')
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull().check(sql`attempts >= 0`))
      .addColumn('due_at', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text')
      .addColumn('settled_at', 'text')
      .addColumn('last_answer', 'text')
      .addPrimaryKeyConstraint('mail_pk', ['mail_id'])
      .addCheckConstraint(
        'mail_forgotten',
        sql`(state = 'queued') = ("to" is not null) and (state = 'queued') = (content is not null) and (state = 'queued') = (settled_at is null)`,
      )
      .execute();
    await db.schema.alterTable('offers').addColumn('edition', 'integer').execute();
    const index = (name: string) => db.schema.createIndex(`mail_${name}`).on('mail');
    await index('due').columns(['kind', 'due_at']).where(sql<boolean>`state = 'queued'`).execute();
    await index('listed').columns(['tenant', 'created_at', 'mail_id']).execute();
    await index('about').columns(['tenant', 'object', 'created_at']).execute();
  },
});
