import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Stored evaluations, and the qualifications conferred by them with their components. */
export const conferrals: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'evaluations')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('evaluation_id', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('pathway', 'text', (c) => c.notNull())
      .addColumn('pathway_version', 'text', (c) => c.notNull())
      .addColumn('conferrer', 'text', (c) => c.notNull())
      .addColumn('date', 'text', (c) => c.notNull())
      .addColumn('outcome', 'text', (c) => c.notNull())
      .addColumn('subject_id', 'text')
      .addColumn('input', 'text', (c) => c.notNull())
      .addColumn('input_sha256', 'text', (c) => c.notNull())
      .addColumn('output', 'text', (c) => c.notNull())
      .addColumn('output_sha256', 'text', (c) => c.notNull())
      .addColumn('report', 'text', (c) => c.notNull())
      .addColumn('sources', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('evaluations_pk', ['tenant', 'evaluation_id'])
      .addForeignKeyConstraint('evaluations_institution', ['tenant'], 'institutions', ['tenant'])
      .execute();
    const evaluations = (name: string) => db.schema.createIndex(`evaluations_${name}`).on('evaluations');
    await evaluations('list').columns(['tenant', 'created_at', 'evaluation_id']).execute();
    await evaluations('of_subject').columns(['tenant', 'subject_id', 'created_at', 'evaluation_id']).execute();
    await engine.appendOnly(db, 'evaluations');

    await engine
      .table(db, 'conferrals')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('conferral_id', 'text', (c) => c.notNull())
      .addColumn('evaluation_id', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('pathway', 'text', (c) => c.notNull())
      .addColumn('pathway_version', 'text', (c) => c.notNull())
      .addColumn('achievement', 'text', (c) => c.notNull())
      .addColumn('achievement_id', 'text', (c) => c.notNull())
      .addColumn('achievement_version', 'integer', (c) => c.notNull())
      .addColumn('subject_id', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('prepared_at', 'text', (c) => c.notNull())
      .addColumn('prepared_by', 'text', (c) => c.notNull())
      .addColumn('prepared_person', 'text')
      .addColumn('approval_id', 'text')
      .addColumn('credential_id', 'text')
      .addColumn('learner_record', 'text')
      .addColumn('settled_at', 'text')
      .addColumn('problem', 'text')
      .addColumn('checked_at', 'text')
      .addColumn('check_note', 'text')
      .addColumn('flagged_at', 'text')
      .addColumn('findings', 'text')
      .addColumn('reviewed_at', 'text')
      .addColumn('reviewed_by', 'text')
      .addColumn('review', 'text')
      .addColumn('review_reason', 'text')
      .addColumn('accepted_sha256', 'text')
      .addPrimaryKeyConstraint('conferrals_pk', ['tenant', 'conferral_id'])
      .addForeignKeyConstraint('conferrals_evaluation', ['tenant', 'evaluation_id'], 'evaluations', [
        'tenant',
        'evaluation_id',
      ])
      .addCheckConstraint(
        'conferrals_credential',
        sql`credential_id is not null or state in ('prepared', 'awaiting_approval', 'failed')`,
      )
      .addCheckConstraint(
        'conferrals_flag',
        sql`state <> 'under_review' or (flagged_at is not null and findings is not null)`,
      )
      .addCheckConstraint('conferrals_withdrawn', sql`state <> 'withdrawn' or review = 'withdraw'`)
      .execute();
    const index = (name: string) => db.schema.createIndex(`conferrals_${name}`).on('conferrals');
    await index('list').columns(['tenant', 'prepared_at', 'conferral_id']).execute();
    await index('of_state').columns(['tenant', 'state', 'prepared_at', 'conferral_id']).execute();
    await index('of_credential').columns(['credential_id']).where(sql<boolean>`credential_id is not null`).execute();
    await index('unfinished')
      .columns(['prepared_at', 'conferral_id'])
      .where(sql<boolean>`state in ('prepared', 'awaiting_approval')`)
      .execute();
    await index('to_check')
      .columns(['checked_at', 'conferral_id'])
      .where(sql<boolean>`state in ('conferred', 'under_review')`)
      .execute();
    // One evaluation is conferred once; a failed try may be made again.
    await index('of_evaluation')
      .unique()
      .columns(['tenant', 'evaluation_id'])
      .where(sql<boolean>`state not in ('failed', 'withdrawn')`)
      .execute();

    await engine
      .table(db, 'conferral_components')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('conferral_id', 'text', (c) => c.notNull())
      .addColumn('ordinal', 'integer', (c) => c.notNull())
      .addColumn('credential', 'text', (c) => c.notNull())
      .addColumn('component_award_id', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('pathway', 'text', (c) => c.notNull())
      .addColumn('achievement', 'text', (c) => c.notNull())
      .addColumn('live', 'integer', (c) => c.notNull().check(sql`live in (0, 1)`))
      .addColumn('credential_id', 'text')
      .addColumn('state_seen', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('conferral_components_pk', ['tenant', 'conferral_id', 'ordinal'])
      .addForeignKeyConstraint('conferral_components_conferral', ['tenant', 'conferral_id'], 'conferrals', [
        'tenant',
        'conferral_id',
      ])
      .execute();
    const component = (name: string) =>
      db.schema.createIndex(`conferral_components_${name}`).on('conferral_components');
    // An award counts once toward one pathway, whoever confers it.
    await component('once').unique().columns(['component_award_id', 'pathway']).where(sql<boolean>`live = 1`).execute();
    await component('of_credential').columns(['credential_id']).where(sql<boolean>`live = 1`).execute();
    await component('seen_changed').columns(['credential_id']).where(sql<boolean>`state_seen <> 'active'`).execute();
    await db.schema
      .createIndex('credentials_out_of_force')
      .on('credentials')
      .columns(['credential_id'])
      .where(sql<boolean>`state <> 'active'`)
      .execute();
  },
});
