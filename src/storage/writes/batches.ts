import type { Kysely, Transaction } from 'kysely';
import type { BatchRowRecord } from '#jobs';
import { UniqueViolation } from '#kernel';
import { batchLineRow, batchRow } from '../rows.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

/** Rows per statement, below every engine's limit of parameters (7 columns). */
const CHUNK = 500;
/** Rows taken away in one commit. */
const DISCARDED = 1_000;

interface Line {
  tenant: string;
  batchId: string;
  row: number;
}

/** Each by its key: for a list of them together the engine looks through all that wait, of a long list again and again. */
const markIssued = statement((db, line: Line & { credentialId: string }) =>
  waiting(db, line).set({ state: 'issued', credentialId: line.credentialId }),
);
const markFailed = statement((db, line: Line & { errors: string }) =>
  waiting(db, line).set({ state: 'failed', errors: line.errors }),
);

function waiting(db: Kysely<Tables>, { tenant, batchId, row }: Line) {
  return db
    .updateTable('batchRows')
    .where('tenant', '=', tenant)
    .where('batchId', '=', batchId)
    .where('row', '=', row)
    .where('state', '=', 'valid');
}

export const batchWrites: WriteTable<
  | 'batch.insert'
  | 'batch.addRows'
  | 'batch.previewed'
  | 'batch.discard'
  | 'batch.queue'
  | 'batch.cancel'
  | 'batch.lease'
  | 'batch.hold'
  | 'batch.finish'
  | 'batchRows.issued'
  | 'batchRows.failed'
> = {
  'batch.insert': async (trx, { row, rows }) => {
    await trx.insertInto('batches').values(batchRow.toRow(row)).execute();
    await insertLines(trx, rows);
  },
  'batch.addRows': async (trx, { tenant, batchId, rows, leaseUntil }) => {
    const invalid = rows.filter(({ state }) => state === 'invalid').length;
    const update = batchOf(trx, tenant, batchId)
      .set((eb) => ({ rows: eb('rows', '+', rows.length), invalidRows: eb('invalidRows', '+', invalid), leaseUntil }))
      .where('state', '=', 'uploading')
      .where('fence', '=', 0);
    mustMatch(await update.executeTakeFirst(), 'batch.state');
    await insertLines(trx, rows);
  },
  'batch.previewed': async (trx, { tenant, batchId, requestSha256, idempotencyKey = null }) => {
    const update = batchOf(trx, tenant, batchId)
      .set({ state: 'previewed', requestSha256, idempotencyKey, leaseUntil: null })
      .where('state', '=', 'uploading')
      .where('fence', '=', 0);
    mustMatch(await update.executeTakeFirst(), 'batch.state');
  },
  /** In small parts, so that nobody waits long for the store. */
  'batch.discard': async (trx, { tenant, batchId }) => {
    // Whoever still adds rows finds its token stale.
    const held = batchOf(trx, tenant, batchId).set({ fence: 1 }).where('state', '=', 'uploading');
    mustMatch(await held.executeTakeFirst(), 'batch.state');
    const lines = () => trx.selectFrom('batchRows').where('tenant', '=', tenant).where('batchId', '=', batchId);
    const next = await lines().select('row').orderBy('row').offset(DISCARDED).limit(1).executeTakeFirst();
    let remove = trx.deleteFrom('batchRows').where('tenant', '=', tenant).where('batchId', '=', batchId);
    if (next) remove = remove.where('row', '<', next.row);
    const { numDeletedRows } = await remove.executeTakeFirstOrThrow();
    if (next) {
      await batchOf(trx, tenant, batchId)
        .set((eb) => ({ rows: eb('rows', '-', Number(numDeletedRows)) }))
        .execute();
    } else {
      await trx.deleteFrom('batches').where('tenant', '=', tenant).where('batchId', '=', batchId).execute();
    }
  },
  'batch.queue': async (trx, { tenant, batchId, approvedPerson = null }) => {
    const update = batchOf(trx, tenant, batchId)
      .set({ state: 'queued', approvedPerson })
      .where('state', '=', 'previewed');
    mustMatch(await update.executeTakeFirst(), 'batch.state');
  },
  /** Whoever works on it finds its token stale. */
  'batch.cancel': async (trx, { tenant, batchId, finishedAt }) => {
    const update = batchOf(trx, tenant, batchId)
      .set((eb) => ({ state: 'cancelled' as const, fence: eb('fence', '+', 1), leaseUntil: null, finishedAt }))
      .where('state', 'in', ['previewed', 'queued', 'running']);
    mustMatch(await update.executeTakeFirst(), 'batch.state');
  },
  'batch.lease': async (trx, { tenant, batchId, fence, leaseUntil }) => {
    const update = batchOf(trx, tenant, batchId)
      .set({ state: 'running', fence: fence + 1, leaseUntil })
      .where('fence', '=', fence)
      .where('state', 'in', ['queued', 'running']);
    mustMatch(await update.executeTakeFirst(), 'batch.fence');
  },
  'batch.hold': async (trx, { tenant, batchId, fence }) => {
    const update = batchOf(trx, tenant, batchId)
      .set({ state: 'previewed', leaseUntil: null })
      .where('fence', '=', fence)
      .where('state', '=', 'running');
    mustMatch(await update.executeTakeFirst(), 'batch.fence');
  },
  'batch.finish': async (trx, { tenant, batchId, fence, state, finishedAt }) => {
    const update = batchOf(trx, tenant, batchId)
      .set({ state, finishedAt, leaseUntil: null })
      .where('fence', '=', fence)
      .where('state', '=', 'running');
    mustMatch(await update.executeTakeFirst(), 'batch.fence');
  },
  'batchRows.issued': async (trx, { tenant, batchId, rows }) => {
    for (const row of rows) mustSettle(await markIssued(trx, { tenant, batchId, ...row }), 1);
    await countIssued(trx, tenant, batchId, rows.length);
  },
  'batchRows.failed': async (trx, { tenant, batchId, rows }) => {
    for (const { row, errors } of rows) {
      mustSettle(await markFailed(trx, { tenant, batchId, row, errors: JSON.stringify(errors) }), 1);
    }
    await batchOf(trx, tenant, batchId)
      .set((eb) => ({ failedRows: eb('failedRows', '+', rows.length) }))
      .execute();
  },
};

/** In its batch. */
export async function countIssued(
  trx: Transaction<Tables>,
  tenant: string,
  batchId: string,
  rows: number,
): Promise<void> {
  await batchOf(trx, tenant, batchId)
    .set((eb) => ({ issuedRows: eb('issuedRows', '+', rows) }))
    .execute();
}

/** A row is settled once: only a `valid` one still waits. */
export function mustSettle({ numAffectedRows }: { numAffectedRows?: bigint }, rows: number): void {
  if (numAffectedRows !== BigInt(rows)) throw new UniqueViolation('batchRow.state');
}

async function insertLines(trx: Transaction<Tables>, rows: readonly BatchRowRecord[]): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    const lines = rows.slice(from, from + CHUNK);
    // Every line names every column: one statement text for all full chunks.
    const values = lines.map((line) => batchLineRow.toRow({ credentialId: undefined, errors: undefined, ...line }));
    await trx.insertInto('batchRows').values(values).execute();
  }
}

function batchOf(trx: Transaction<Tables>, tenant: string, batchId: string) {
  return trx.updateTable('batches').where('tenant', '=', tenant).where('batchId', '=', batchId);
}
