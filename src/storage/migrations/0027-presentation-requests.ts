import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Questions to wallets with what came of them, for a short time; and the key that signs them. */
export const presentationRequests: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'presentation_requests')
      .addColumn('request_id', 'text', (c) => c.notNull())
      .addColumn('transaction_sha256', 'text', (c) => c.notNull())
      .addColumn('nonce', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('question', 'text', (c) => c.notNull())
      .addColumn('query', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .addColumn('forget_at', 'text', (c) => c.notNull())
      .addColumn('answered_at', 'text')
      .addColumn('response_code_sha256', 'text')
      .addColumn('error', 'text')
      .addColumn('answer', 'text')
      .addPrimaryKeyConstraint('presentation_requests_pk', ['request_id'])
      .addCheckConstraint(
        'presentation_requests_outcome',
        sql`(status = 'pending') = (answered_at is null) and (status = 'answered') = (answer is not null) and (status = 'declined') = (error is not null)`,
      )
      .execute();
    await db.schema
      .createIndex('presentation_requests_forget')
      .on('presentation_requests')
      .column('forget_at')
      .execute();
    await engine
      .table(db, 'verifier_keys')
      .addColumn('key_id', 'text', (c) => c.notNull())
      .addColumn('public_key_multibase', 'text', (c) => c.notNull())
      .addColumn('wrapped_private_key', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('verifier_keys_pk', ['key_id'])
      .execute();
  },
});
