import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Who acts for a learner that is under age, by address, and the day from which the learner acts alone. */
export const guardians: EngineMigration = () => ({
  async up(db) {
    await db.schema.alterTable('credentials').addColumn('guardian_email', 'text').execute();
    await db.schema.alterTable('credentials').addColumn('guardian_until', 'text').execute();
    // Few awards have one.
    await db.schema
      .createIndex('credentials_of_guardian')
      .on('credentials')
      .columns(['guardian_email', 'issued_at'])
      .where(sql<boolean>`guardian_email is not null`)
      .execute();
    await db.schema
      .createIndex('credentials_guardian_until')
      .on('credentials')
      .column('guardian_until')
      .where(sql<boolean>`guardian_until is not null`)
      .execute();
  },
});
