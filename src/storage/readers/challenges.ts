import type { Kysely } from 'kysely';
import type { ChallengeReader } from '#challenges';
import { challengeRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function challengeReader(db: Kysely<Tables>): ChallengeReader {
  return {
    async challenge(challenge) {
      const row = await db.selectFrom('challenges').selectAll().where('challenge', '=', challenge).executeTakeFirst();
      return row && challengeRow.fromRow(row);
    },
  };
}
