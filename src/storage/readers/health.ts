import type { Kysely } from 'kysely';
import type { HealthReader } from '#observability';
import { isMigrated } from '../migrations/migrate.ts';
import type { Tables } from '../tables.ts';

/** Changes looked at: what is not published is among the newest. */
const NEWEST = 500;

export function healthReader(db: Kysely<Tables>): HealthReader {
  return {
    schemaReady: () => isMigrated(db.withoutPlugins() as unknown as Parameters<typeof isMigrated>[0]),
    async oldestUnpublishedChange() {
      const newest = db
        .selectFrom('statusEvents')
        .select(['tenant', 'credentialId', 'at'])
        .orderBy('at', 'desc')
        .limit(NEWEST)
        .as('newest');
      const row = await db
        .selectFrom(newest)
        .innerJoin('credentials', (join) =>
          join
            .onRef('credentials.tenant', '=', 'newest.tenant')
            .onRef('credentials.credentialId', '=', 'newest.credentialId'),
        )
        .innerJoin('statusLists', 'statusLists.listId', 'credentials.statusListId')
        .select((eb) => eb.fn.min('newest.at').as('at'))
        .where((eb) =>
          eb.or([eb('statusLists.publishedAt', 'is', null), eb('statusLists.publishedAt', '<', eb.ref('newest.at'))]),
        )
        .executeTakeFirst();
      return row?.at ?? undefined;
    },
  };
}
