import type { Kysely } from 'kysely';
import type { KeystoreReader } from '#keystore';
import type { Tables } from '../tables.ts';

/** Name of the only row. */
export const KEYSTORE = 'keystore';

export function keystoreReader(db: Kysely<Tables>): KeystoreReader {
  return {
    keystoreHead: () =>
      db.selectFrom('keystoreHeads').select(['salt', 'canary']).where('name', '=', KEYSTORE).executeTakeFirst(),
  };
}
