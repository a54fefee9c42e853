import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/**
 * An index that rests on what a release changes (the phase, the time of issue) is written twice for each credential, at a place of
 * its own each time. These rest on what never changes from the intent on, and have entries only for rows that are looked for by
 * them. What was found by the subject in two indexes is found in one.
 */
export const steadyIndexes: EngineMigration = () => ({
  async up(db) {
    for (const name of ['award', 'batch', 'of_email', 'of_student', 'of_did', 'of_subject']) {
      await db.schema.dropIndex(`credentials_${name}`).execute();
    }
    const index = (name: string) => db.schema.createIndex(`credentials_${name}`).on('credentials');
    // What was given up has the time when that was, and only that.
    await index('award')
      .unique()
      .columns(['tenant', 'award_id', 'edition'])
      .where(sql<boolean>`abandoned_at is null`)
      .execute();
    await index('batch')
      .unique()
      .columns(['tenant', 'batch_id', 'batch_row'])
      .where(sql<boolean>`batch_id is not null and abandoned_at is null`)
      .execute();
    await index('of_email').columns(['email', 'prepared_at']).where(sql<boolean>`email is not null`).execute();
    await index('of_student')
      .columns(['student_number', 'tenant'])
      .where(sql<boolean>`student_number is not null`)
      .execute();
    await index('of_did').columns(['subject_id', 'prepared_at']).execute();
  },
});
