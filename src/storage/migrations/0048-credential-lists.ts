import { sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/**
 * What one key signed as a token, and what does not stand, are found without reading all that an institution has issued.
 * Both have entries only for those rows: issuing a badge without a token pays nothing for them.
 */
export const credentialLists: EngineMigration = () => ({
  async up(db) {
    const index = (name: string) => db.schema.createIndex(`credentials_${name}`).on('credentials');
    await index('of_jwt_key')
      .columns(['tenant', 'jwt_key_id', 'credential_id'])
      .where(sql<boolean>`jwt_key_id is not null`)
      .execute();
    await index('in_state')
      .columns(['tenant', 'state', 'prepared_at', 'credential_id'])
      .where(sql<boolean>`state <> 'active'`)
      .execute();
  },
});
