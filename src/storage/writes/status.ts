import { UniqueViolation } from '#kernel';
import { otherStatusEntryRow, statusEventRow, statusListRow } from '../rows.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

export const statusWrites: WriteTable<
  'statusList.insert' | 'statusList.publish' | 'statusEvent.insert' | 'otherStatus.reserve' | 'otherStatus.set'
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
  /** Counts the reservation, and refuses a list that is not this tenant's, of another purpose or kind, or too short. */
  'otherStatus.reserve': async (trx, { row }) => {
    const list = await trx
      .updateTable('statusLists')
      .set((eb) => ({ reserved: eb('reserved', '+', 1) }))
      .where('tenant', '=', row.tenant)
      .where('listId', '=', row.listId)
      .where('purpose', '=', row.purpose)
      .where('kind', '=', 'entries')
      .where('length', '>', row.index)
      .executeTakeFirst();
    if (list.numUpdatedRows !== 1n) throw new Error(`no list of entries for index ${row.index} of that purpose`);
    await trx
      .insertInto('otherStatusEntries')
      .values({ ...otherStatusEntryRow.toRow({ ...row, isSet: false }), pair: Math.min(row.index, row.index ^ 7) })
      .execute();
  },
  'otherStatus.set': async (trx, { tenant, credentialId, purpose, isSet }) => {
    // Revocation is final (Bitstring Status List 1.0, section 2.2).
    if (purpose === 'revocation' && !isSet) throw new UniqueViolation('otherStatus.state');
    const update = trx
      .updateTable('otherStatusEntries')
      .set({ isSet: isSet ? 1 : 0 })
      .where('tenant', '=', tenant)
      .where('credentialId', '=', credentialId)
      .where('purpose', '=', purpose)
      .where('isSet', '=', isSet ? 0 : 1);
    mustMatch(await update.executeTakeFirst(), 'otherStatus.state');
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
