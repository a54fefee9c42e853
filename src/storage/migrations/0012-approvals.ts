import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Maker and checker: persons behind keys and batches, the policy of an institution, requests that wait for a decision. */
export const approvals: EngineMigration = (engine) => ({
  async up(db) {
    const add = (table: string, column: string) => db.schema.alterTable(table).addColumn(column, 'text').execute();
    await add('api_keys', 'person');
    await add('institutions', 'approval');
    await add('batches', 'person');
    await add('batches', 'approved_person');

    await engine
      .table(db, 'approvals')
      .addColumn('tenant', 'text', (c) => c.notNull())
      .addColumn('approval_id', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('achievement_id', 'text', (c) => c.notNull())
      .addColumn('achievement_version', 'integer', (c) => c.notNull())
      .addColumn('recipients', 'integer', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('request_sha256', 'text', (c) => c.notNull())
      .addColumn('idempotency_key', 'text')
      .addColumn('prepared_at', 'text', (c) => c.notNull())
      .addColumn('prepared_by', 'text', (c) => c.notNull())
      .addColumn('prepared_person', 'text', (c) => c.notNull())
      .addColumn('decided_at', 'text')
      .addColumn('decided_by', 'text')
      .addColumn('decided_person', 'text')
      .addColumn('reason', 'text')
      .addColumn('settled_at', 'text')
      .addColumn('credential_ids', 'text')
      .addColumn('problem', 'text')
      .addPrimaryKeyConstraint('approvals_pk', ['tenant', 'approval_id'])
      .addUniqueConstraint('approvals_idempotency', ['tenant', 'idempotency_key'])
      .addForeignKeyConstraint('approvals_institution', ['tenant'], 'institutions', ['tenant'])
      .addCheckConstraint('approvals_persons', sql`decided_person is null or decided_person <> prepared_person`)
      .addCheckConstraint(
        'approvals_decided',
        sql`(state = 'pending') = (decided_at is null and decided_by is null and decided_person is null)`,
      )
      .addCheckConstraint('approvals_issued', sql`(state = 'issued') = (credential_ids is not null)`)
      .addCheckConstraint('approvals_failed', sql`(state = 'failed') = (problem is not null)`)
      .execute();
    const index = (name: string) => db.schema.createIndex(`approvals_${name}`).on('approvals');
    await index('list').columns(['tenant', 'prepared_at', 'approval_id']).execute();
    await index('of_state').columns(['tenant', 'state', 'prepared_at', 'approval_id']).execute();
    await index('approved').columns(['decided_at', 'approval_id']).where(sql<boolean>`state = 'approved'`).execute();
  },
});
