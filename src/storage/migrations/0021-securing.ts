import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** How badges of a version are secured, and the token of a credential beside its document. */
export const securing: EngineMigration = () => ({
  async up(db) {
    await db.schema.alterTable('achievement_versions').addColumn('securing', 'text').execute();
    await db.schema.alterTable('achievement_versions').addColumn('jwt', 'text').execute();
    await db.schema.alterTable('credentials').addColumn('jwt_key_id', 'text').execute();
    await db.schema.alterTable('credentials').addColumn('jwt_sha256', 'text').execute();
    // Issued with the intent of a token and without one: half an award.
    await db.schema
      .alterTable('credentials')
      .addColumn('jwt', 'text', (c) =>
        c.check(
          sql`phase <> 'issued' or (jwt_key_id is null) = (jwt is null) and (jwt is null) = (jwt_sha256 is null)`,
        ),
      )
      .execute();
  },
});
