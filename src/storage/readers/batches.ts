import { type Kysely, sql } from 'kysely';
import type { BatchReader } from '#jobs';
import { pageOf } from '../page.ts';
import { batchLineRow, batchRow } from '../rows.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

/** Asked twice a second, as long as the service runs. */
const runnable = statement((db, { now, limit }: { now: string; limit: number }) =>
  db
    .selectFrom('batches')
    .selectAll()
    .where(sql<boolean>`state in ('queued', 'running')`)
    .where((eb) => eb.or([eb('leaseUntil', 'is', null), eb('leaseUntil', '<=', now)]))
    .orderBy('createdAt')
    .orderBy('batchId')
    .limit(limit),
);

export function batchReader(db: Kysely<Tables>): BatchReader {
  const every = () => db.selectFrom('batches').selectAll();
  const batches = () => every().where('state', '<>', 'uploading');
  const lines = (tenant: string, batchId: string) =>
    db.selectFrom('batchRows').selectAll().where('tenant', '=', tenant).where('batchId', '=', batchId);
  return {
    async batch(tenant, batchId) {
      const row = await batches().where('tenant', '=', tenant).where('batchId', '=', batchId).executeTakeFirst();
      return row && batchRow.fromRow(row);
    },
    batches: (tenant, page) =>
      pageOf(batches().where('tenant', '=', tenant), page, { createdAt: 'text', batchId: 'text' }, batchRow.fromRow),
    async latestBatches({ tenant, state, limit }) {
      let query = batches().where('tenant', '=', tenant);
      if (state !== undefined) query = query.where('state', '=', state);
      const rows = await query.orderBy('createdAt', 'desc').orderBy('batchId', 'desc').limit(limit).execute();
      return rows.map(batchRow.fromRow);
    },
    async batchByIdempotencyKey(tenant, key) {
      const row = await batches().where('tenant', '=', tenant).where('idempotencyKey', '=', key).executeTakeFirst();
      return row && batchRow.fromRow(row);
    },
    batchRows: (tenant, batchId, page) => pageOf(lines(tenant, batchId), page, { row: 'number' }, batchLineRow.fromRow),
    async batchRowsIn(tenant, batchId, state, { after, limit }) {
      // The text of the condition is that of the index that answers it.
      const wanted = state === 'valid' ? sql<boolean>`state = 'valid'` : sql<boolean>`state = 'invalid'`;
      const rows = await lines(tenant, batchId)
        .where(wanted)
        .where('row', '>', after)
        .orderBy('row')
        .limit(limit)
        .execute();
      return rows.map(batchLineRow.fromRow);
    },
    async batchCredentials(tenant, batchId, { after, limit }) {
      const rows = await db
        .selectFrom('credentials')
        .select(['batchRow', 'credentialId', 'signed'])
        .where('tenant', '=', tenant)
        .where('batchId', '=', batchId)
        .where('batchRow', '>', after)
        .where('abandonedAt', 'is', null)
        .where('phase', '=', 'issued')
        .where('signed', '<>', '')
        .orderBy('batchRow')
        .limit(limit)
        .execute();
      return rows.map(({ batchRow: row, credentialId, signed }) => ({ row: row!, credentialId, signed: signed! }));
    },
    /** Queued or left behind by a dead worker; a lease ends at its instant. Oldest first. */
    async runnableBatches(now, limit) {
      const { rows } = await runnable(db, { now, limit });
      return rows.map(batchRow.fromRow);
    },
    async staleUploads(now, limit) {
      const rows = await every()
        .where(sql<boolean>`state = 'uploading'`)
        .where('leaseUntil', '<=', now)
        .orderBy('leaseUntil')
        .orderBy('batchId')
        .limit(limit)
        .execute();
      return rows.map(batchRow.fromRow);
    },
  };
}
