import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Cases of prior learning: who asks for what, the evidence, the assessments and appeals, and the one credential. */
export const priorLearning: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'prior_learning_cases')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('case_id', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('route', 'text', (c) => c.notNull())
      .addColumn('achievement_id', 'text', (c) => c.notNull())
      .addColumn('achievement_version', 'integer', (c) => c.notNull())
      .addColumn('candidate', 'text', (c) => c.notNull())
      .addColumn('training_provider', 'text')
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('opened_at', 'text', (c) => c.notNull())
      .addColumn('opened_by', 'text', (c) => c.notNull())
      .addColumn('opened_person', 'text', (c) => c.notNull())
      .addColumn('assessed_person', 'text')
      .addColumn('attempt', 'integer', (c) => c.notNull())
      .addColumn('award', 'text')
      .addColumn('approval_id', 'text')
      .addColumn('credential_id', 'text')
      .addColumn('reason', 'text')
      .addColumn('closed_at', 'text')
      .addPrimaryKeyConstraint('prior_learning_cases_pk', ['tenant', 'case_id'])
      .addUniqueConstraint('prior_learning_cases_credential', ['tenant', 'credential_id'])
      .addForeignKeyConstraint('prior_learning_cases_institution', ['tenant'], 'institutions', ['tenant'])
      .addCheckConstraint('prior_learning_persons', sql`assessed_person is null or assessed_person <> opened_person`)
      .addCheckConstraint(
        'prior_learning_assessed',
        sql`state in ('open', 'withdrawn') or (state in ('recognised', 'not_recognised', 'awarding', 'awarded')
          and assessed_person is not null)`,
      )
      .addCheckConstraint('prior_learning_awarding', sql`state not in ('awarding', 'awarded') or award is not null`)
      .addCheckConstraint('prior_learning_awarded', sql`(state = 'awarded') = (credential_id is not null)`)
      .addCheckConstraint('prior_learning_withdrawn', sql`(state = 'withdrawn') = (reason is not null)`)
      .addCheckConstraint('prior_learning_closed', sql`(state in ('awarded', 'withdrawn')) = (closed_at is not null)`)
      .execute();
    const index = (name: string) => db.schema.createIndex(`prior_learning_cases_${name}`).on('prior_learning_cases');
    await index('list').columns(['tenant', 'opened_at', 'case_id']).execute();
    await index('of_state').columns(['tenant', 'state', 'opened_at', 'case_id']).execute();
    await index('awarding').columns(['opened_at', 'case_id']).where(sql<boolean>`state = 'awarding'`).execute();

    await engine
      .table(db, 'prior_learning_entries')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('case_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('number', 'integer', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('prior_learning_entries_pk', ['tenant', 'case_id', 'kind', 'number'])
      .addForeignKeyConstraint('prior_learning_entries_case', ['tenant', 'case_id'], 'prior_learning_cases', [
        'tenant',
        'case_id',
      ])
      .execute();
    await engine.appendOnly(db, 'prior_learning_entries');
  },
});
