import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Equivalence decisions: a draft that changes, editions and events that never do. */
export const equivalences: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'equivalences')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('equivalence_id', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('input', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('updated_at', 'text', (c) => c.notNull())
      .addColumn('decided_at', 'text')
      .addColumn('valid_from', 'text')
      .addColumn('valid_until', 'text')
      .addPrimaryKeyConstraint('equivalences_pk', ['tenant', 'equivalence_id'])
      .addForeignKeyConstraint('equivalences_institution', ['tenant'], 'institutions', ['tenant'])
      .addCheckConstraint(
        'equivalences_decided',
        sql`(state = 'draft') = (decided_at is null and valid_from is null) and (state <> 'draft' or valid_until is null)`,
      )
      // A stored evaluation keeps the decision it used: whatever ended has a last day.
      .addCheckConstraint('equivalences_ended', sql`state in ('draft', 'decided') or valid_until is not null`)
      .execute();
    await db.schema.createIndex('equivalences_id').unique().on('equivalences').column('equivalence_id').execute();
    const index = (name: string) => db.schema.createIndex(`equivalences_${name}`).on('equivalences');
    await index('list').columns(['tenant', 'created_at', 'equivalence_id']).execute();
    await index('of_state').columns(['tenant', 'state', 'created_at', 'equivalence_id']).execute();

    await engine
      .table(db, 'equivalence_editions')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('equivalence_id', 'text', (c) => c.notNull())
      .addColumn('edition', 'integer', (c) => c.notNull())
      .addColumn('signed', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('equivalence_editions_pk', ['tenant', 'equivalence_id', 'edition'])
      .addForeignKeyConstraint('equivalence_editions_of', ['tenant', 'equivalence_id'], 'equivalences', [
        'tenant',
        'equivalence_id',
      ])
      .execute();
    await db.schema
      .createIndex('equivalence_editions_id')
      .unique()
      .on('equivalence_editions')
      .columns(['equivalence_id', 'edition'])
      .execute();
    await engine.appendOnly(db, 'equivalence_editions');

    await engine
      .table(db, 'equivalence_events')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('equivalence_id', 'text', (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('recorded_at', 'text', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('legal_instrument', 'text')
      .addColumn('superseded_by', 'text')
      .addPrimaryKeyConstraint('equivalence_events_pk', ['tenant', 'equivalence_id', 'seq'])
      .addForeignKeyConstraint('equivalence_events_of', ['tenant', 'equivalence_id'], 'equivalences', [
        'tenant',
        'equivalence_id',
      ])
      .execute();
    await db.schema
      .createIndex('equivalence_events_id')
      .unique()
      .on('equivalence_events')
      .columns(['equivalence_id', 'seq'])
      .execute();
    await engine.appendOnly(db, 'equivalence_events');
  },
});
