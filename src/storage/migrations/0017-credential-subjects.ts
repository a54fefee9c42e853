import type { EngineMigration } from './engine.ts';

/** Rows filled at a time. */
const CHUNK = 1_000;

/** What an institution has issued to one subject is found without reading all it has issued. */
export const credentialSubjects: EngineMigration = () => ({
  async up(db) {
    await db.schema.alterTable('credentials').addColumn('subject_id', 'text').execute();
    for (;;) {
      const rows = await db
        .selectFrom('credentials')
        .select(['credential_id', 'recipient'])
        .where('subject_id', 'is', null)
        .limit(CHUNK)
        .execute();
      for (const { credential_id: id, recipient } of rows) {
        const { subjectId } = JSON.parse(recipient) as { subjectId: string };
        await db.updateTable('credentials').set({ subject_id: subjectId }).where('credential_id', '=', id).execute();
      }
      if (rows.length < CHUNK) break;
    }
    await db.schema
      .createIndex('credentials_of_subject')
      .on('credentials')
      .columns(['tenant', 'subject_id', 'credential_id'])
      .execute();
  },
});
