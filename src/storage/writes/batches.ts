import type { Transaction } from 'kysely';
import { batchLineRow, batchRow } from '../rows.ts';
import type { Tables } from '../tables.ts';
import { mustMatch, type WriteTable } from './write-table.ts';

/** Rows per statement, below every engine's limit of parameters (7 columns). */
const CHUNK = 500;

export const batchWrites: WriteTable<
  'batch.insert' | 'batch.queue' | 'batch.lease' | 'batch.hold' | 'batch.finish' | 'batchRow.issued' | 'batchRow.failed'
> = {
  'batch.insert': async (trx, { row, rows }) => {
    await trx.insertInto('batches').values(batchRow.toRow(row)).execute();
    for (let from = 0; from < rows.length; from += CHUNK) {
      const lines = rows.slice(from, from + CHUNK);
      // Every line names every column: one statement text for all full chunks.
      const values = lines.map((line) => batchLineRow.toRow({ credentialId: undefined, errors: undefined, ...line }));
      await trx.insertInto('batchRows').values(values).execute();
    }
  },
  'batch.queue': async (trx, { tenant, batchId, approvedPerson = null }) => {
    const update = batchOf(trx, tenant, batchId)
      .set({ state: 'queued', approvedPerson })
      .where('state', '=', 'previewed');
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
  'batchRow.issued': async (trx, { tenant, batchId, row, credentialId }) => {
    const update = lineOf(trx, tenant, batchId, row).set({ state: 'issued', credentialId });
    mustMatch(await update.executeTakeFirst(), 'batchRow.state');
    await batchOf(trx, tenant, batchId)
      .set((eb) => ({ issuedRows: eb('issuedRows', '+', 1) }))
      .execute();
  },
  'batchRow.failed': async (trx, { tenant, batchId, row, errors }) => {
    const update = lineOf(trx, tenant, batchId, row).set({ state: 'failed', errors: JSON.stringify(errors) });
    mustMatch(await update.executeTakeFirst(), 'batchRow.state');
    await batchOf(trx, tenant, batchId)
      .set((eb) => ({ failedRows: eb('failedRows', '+', 1) }))
      .execute();
  },
};

function batchOf(trx: Transaction<Tables>, tenant: string, batchId: string) {
  return trx.updateTable('batches').where('tenant', '=', tenant).where('batchId', '=', batchId);
}

/** A row is settled once: only a `valid` one still waits. */
function lineOf(trx: Transaction<Tables>, tenant: string, batchId: string, row: number) {
  return trx
    .updateTable('batchRows')
    .where('tenant', '=', tenant)
    .where('batchId', '=', batchId)
    .where('row', '=', row)
    .where('state', '=', 'valid');
}
