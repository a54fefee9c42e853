import { sql } from 'kysely';
import { emailKey } from '#kernel';
import type { AnySchema, EngineMigration } from './engine.ts';

/** Rows filled at a time. */
const CHUNK = 1_000;

/** Sessions of learners, what each has proven, codes on their way, and whose a badge is by address, number or key. */
export const holderSessions: EngineMigration = (engine) => ({
  async up(db) {
    await engine
      .table(db, 'holder_sessions')
      .addColumn('session_id', 'text', (c) => c.notNull())
      .addColumn('token_sha256', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .addColumn('challenge', 'text')
      .addPrimaryKeyConstraint('holder_sessions_pk', ['session_id'])
      .addUniqueConstraint('holder_sessions_token', ['token_sha256'])
      .execute();
    await db.schema.createIndex('holder_sessions_expiry').on('holder_sessions').column('expires_at').execute();
    await engine
      .table(db, 'holder_identifiers')
      .addColumn('session_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('email', 'did')`))
      .addColumn('value', 'text', (c) => c.notNull())
      .addColumn('proven_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('holder_identifiers_pk', ['session_id', 'kind', 'value'])
      .addForeignKeyConstraint('holder_identifiers_session', ['session_id'], 'holder_sessions', ['session_id'])
      .execute();
    await engine
      .table(db, 'mail_codes')
      .addColumn('session_id', 'text', (c) => c.notNull())
      .addColumn('email', 'text', (c) => c.notNull())
      .addColumn('mac', 'text', (c) => c.notNull())
      .addColumn('tries', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .addColumn('used_at', 'text')
      .addPrimaryKeyConstraint('mail_codes_pk', ['session_id', 'email'])
      .addForeignKeyConstraint('mail_codes_session', ['session_id'], 'holder_sessions', ['session_id'])
      .execute();
    await engine
      .table(db, 'limited_uses')
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('span', 'text', (c) => c.notNull())
      .addColumn('ends_at', 'text', (c) => c.notNull())
      .addColumn('used', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('limited_uses_pk', ['key', 'span'])
      .execute();
    await db.schema.createIndex('limited_uses_end').on('limited_uses').column('ends_at').execute();
    await whose(db);
  },
});

async function whose(db: AnySchema): Promise<void> {
  await db.schema.alterTable('credentials').addColumn('email', 'text').execute();
  await db.schema.alterTable('credentials').addColumn('student_number', 'text').execute();
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('credentials')
      .select(['credential_id', 'recipient'])
      .where('credential_id', '>', after)
      .orderBy('credential_id')
      .limit(CHUNK)
      .execute();
    for (const { credential_id: id, recipient } of rows) {
      const { email, studentNumber } = JSON.parse(recipient) as { email?: string; studentNumber?: string };
      if (email === undefined && studentNumber === undefined) continue;
      await db
        .updateTable('credentials')
        .set({ email: email === undefined ? null : emailKey(email), student_number: studentNumber ?? null })
        .where('credential_id', '=', id)
        .execute();
    }
    if (rows.length < CHUNK) break;
    after = rows.at(-1)!.credential_id;
  }
  const index = (name: string) => db.schema.createIndex(`credentials_${name}`).on('credentials');
  await index('of_email').columns(['email', 'issued_at']).execute();
  await index('of_student').columns(['student_number', 'tenant']).execute();
  await index('of_did').columns(['subject_id', 'issued_at']).execute();
}
