import { statusEventRow, statusListRow } from '../rows.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

/** Rows per statement, below every engine's limit of parameters. */
const CHUNK = 500;

export const statusWrites: WriteTable<
  'statusList.insert' | 'statusList.publish' | 'status.carry' | 'statusEvent.insert'
> = {
  'statusList.insert': async (trx, { row }) => {
    await trx
      .insertInto('statusLists')
      .values(statusListRow.toRow({ ...row, reserved: 0 }))
      .execute();
  },
  /** A slow publisher must not put an older list over a newer one. */
  'statusList.publish': async (trx, { listId, published, publishedAt }) => {
    const update = trx
      .updateTable('statusLists')
      .set({ published, publishedAt })
      .where('listId', '=', listId)
      .where((eb) => eb.or([eb('publishedAt', 'is', null), eb('publishedAt', '<=', publishedAt)]));
    mustMatch(await update.executeTakeFirst(), 'statusList.published');
  },
  'status.carry': async (trx, { listId, entries, at: carriedAt }) => {
    for (let from = 0; from < entries.length; from += CHUNK) {
      const rows = entries.slice(from, from + CHUNK).map((entry) => ({ listId, entry, carriedAt }));
      await trx.insertInto('carriedStatuses').values(rows).execute();
    }
  },
  'statusEvent.insert': async (trx, { row }) => {
    const last = await trx
      .selectFrom('statusEvents')
      .select('seq')
      .where('tenant', '=', row.tenant)
      .where('credentialId', '=', row.credentialId)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    await trx
      .insertInto('statusEvents')
      .values({ ...statusEventRow.toRow(row), seq: (last?.seq ?? 0) + 1 })
      .execute();
  },
};
