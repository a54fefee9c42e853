import type { Transaction } from 'kysely';
import type { StatusPurpose } from '#credentials';
import { statement } from '../statement.ts';
import type { AnyWrite } from '../storage.ts';
import type { Tables } from '../tables.ts';

interface Place {
  tenant: string;
  listId: string;
  index: number;
  purpose: StatusPurpose;
  kinds: readonly Tables['statusLists']['kind'][];
}

const listOf = statement((db, { tenant, listId, index, purpose }: Place) =>
  db
    .selectFrom('statusLists')
    .select('kind')
    .where('tenant', '=', tenant)
    .where('listId', '=', listId)
    .where('purpose', '=', purpose)
    .where('length', '>', index)
    .where('closedAt', 'is', null),
);

const count = statement((db, { tenant, listId, count: more }: { tenant: string; listId: string; count: number }) =>
  db
    .updateTable('statusLists')
    .set((eb) => ({ reserved: eb('reserved', '+', more) }))
    .where('tenant', '=', tenant)
    .where('listId', '=', listId),
);

/** @throws Error for a list that is not this tenant's, of another purpose or kind, closed, or too short */
export async function mustFit(trx: Transaction<Tables>, place: Place): Promise<void> {
  const [list] = (await listOf(trx, place)).rows;
  if (!list || !place.kinds.includes(list.kind)) {
    throw new Error(`no status list for index ${place.index} of that purpose`);
  }
}

/**
 * Counts the indexes that a commit reserved, once for each list and as its last act: whoever counts holds the row of the
 * list, and everybody else who issues under it waits. In one order, so that two commits never wait for each other.
 */
export async function countReservations(trx: Transaction<Tables>, writes: readonly AnyWrite[]): Promise<void> {
  const counts = new Map<string, { tenant: string; listId: string; count: number }>();
  for (const write of writes) {
    if (write.op !== 'credential.prepare' && write.op !== 'plain.prepare') continue;
    const { tenant, statusListId: listId } = write.row;
    if (listId === undefined) continue;
    const key = `${tenant} ${listId}`;
    counts.set(key, { tenant, listId, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  for (const [, one] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) await count(trx, one);
}
