import { sql } from 'kysely';
import { bucketOf } from '#kernel';
import type { EngineMigration } from './engine.ts';

/**
 * Registers in parts, look-up by party, what events rest on, successions, registers of others, and recorded decisions to
 * issue. A bucket is where a party stands in a register that is published in parts.
 */
export const accreditation: EngineMigration = (engine) => ({
  async up(db) {
    await db.schema.alterTable('accreditations').addColumn('bucket', 'integer').execute();
    await engine.releaseAppendOnly(db, 'accreditations');
    const rows = await db.selectFrom('accreditations').select(['tenant', 'accreditation_id', 'accredited']).execute();
    for (const { tenant, accreditation_id, accredited } of rows) {
      await db
        .updateTable('accreditations')
        .set({ bucket: bucketOf(accredited) })
        .where('tenant', '=', tenant)
        .where('accreditation_id', '=', accreditation_id)
        .execute();
    }
    await engine.appendOnly(db, 'accreditations');
    const index = (name: string) => db.schema.createIndex(`accreditations_${name}`).on('accreditations');
    await index('part').columns(['tenant', 'bucket', 'created_at', 'accreditation_id']).execute();
    await index('accredited').columns(['accredited', 'role', 'tenant']).execute();
    await index('delegations').columns(['tenant', 'accreditation_id']).where(sql<boolean>`role = 'Accredit'`).execute();
    await db.schema.alterTable('accreditation_events').addColumn('legal_instrument', 'text').execute();
    await db.schema.alterTable('accreditation_events').addColumn('superseded_by', 'text').execute();

    await engine
      .table(db, 'successions')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('succession_id', 'text', (c) => c.notNull())
      .addColumn('predecessor', 'text', (c) => c.notNull())
      .addColumn('successor', 'text')
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('may_award', 'integer', (c) => c.notNull())
      .addColumn('effective_at', 'text', (c) => c.notNull())
      .addColumn('recorded_at', 'text', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('legal_instrument', 'text')
      .addPrimaryKeyConstraint('successions_pk', ['tenant', 'succession_id'])
      .execute();
    await db.schema.createIndex('successions_predecessor').on('successions').column('predecessor').execute();
    await db.schema.createIndex('successions_successor').on('successions').column('successor').execute();
    await engine.appendOnly(db, 'successions');

    await engine
      .table(db, 'held_registers')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('held_id', 'text', (c) => c.notNull())
      .addColumn('accreditor', 'text', (c) => c.notNull())
      .addColumn('url', 'text', (c) => c.notNull())
      .addColumn('published', 'text', (c) => c.notNull())
      .addColumn('valid_until', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('consult', 'integer', (c) => c.notNull())
      .addColumn('max_age_days', 'integer', (c) => c.notNull())
      .addColumn('imported_at', 'text', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('held_registers_pk', ['tenant', 'held_id'])
      .execute();
    await db.schema
      .createIndex('held_registers_last')
      .on('held_registers')
      .columns(['accreditor', 'published', 'imported_at'])
      .execute();
    await engine.appendOnly(db, 'held_registers');

    await engine
      .table(db, 'issuing_decisions')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('decision_id', 'text', (c) => c.notNull())
      .addColumn('achievement_id', 'text')
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('legal_instrument', 'text')
      .addColumn('valid_from', 'text', (c) => c.notNull())
      .addColumn('valid_until', 'text')
      .addColumn('recorded_at', 'text', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('issuing_decisions_pk', ['tenant', 'decision_id'])
      .execute();
    await engine.appendOnly(db, 'issuing_decisions');
  },
});
