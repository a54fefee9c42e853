import { type Kysely, sql } from 'kysely';
import type { CredentialReader } from '#credentials';
import { statusEventRow, statusListRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

type StatusPart = Pick<CredentialReader, 'statusList' | 'openStatusList' | 'setStatusIndexes' | 'statusEvents'>;

export function statusReader(db: Kysely<Tables>): StatusPart {
  return {
    async statusList(listId) {
      const row = await db.selectFrom('statusLists').selectAll().where('listId', '=', listId).executeTakeFirst();
      return row && statusListRow.fromRow(row);
    },
    async openStatusList(tenant, purpose) {
      const row = await db
        .selectFrom('statusLists')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('purpose', '=', purpose)
        .orderBy('createdAt', 'desc')
        .orderBy('listId', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && statusListRow.fromRow(row);
    },
    /** Ascending. The condition is the text of the index that answers it. */
    async setStatusIndexes(listId) {
      const rows = await db
        .selectFrom('credentials')
        .select('statusListIndex as index')
        .where('statusListId', '=', listId)
        .where(sql<boolean>`(state <> 'active' or phase = 'abandoned')`)
        .execute();
      return rows.flatMap(({ index }) => [index, index ^ 7]).sort((a, b) => a - b);
    },
    async statusEvents(credentialId) {
      const rows = await db
        .selectFrom('statusEvents')
        .selectAll()
        .where('credentialId', '=', credentialId)
        .orderBy('seq')
        .execute();
      return rows.map(statusEventRow.fromRow);
    },
  };
}
