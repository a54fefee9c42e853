import { type Issuer, type PreparedRows, releaseBatch } from '#credentials';
import { type FieldError, Problem } from '#kernel';
import type { RowInput } from './columns.ts';
import type { BatchRecord, BatchRowRecord } from './ports.ts';
import { type Plan, requestOf, rowErrors } from './preview.ts';

/** What is to become of some rows: intents to finish, what is issued already, what cannot be. Together all of them. */
export interface Chunk {
  parts: { prepared: PreparedRows; rows: BatchRowRecord[] }[];
  issued: { row: BatchRowRecord; credentialId: string }[];
  failed: { row: number; errors: FieldError[] }[];
}

/** Others may settle the same rows at the same time, once each. */
const TRIES = 5;

/**
 * Draws up some rows of a batch; afterwards each has an intent, or a reason why not. Rows that have one from an earlier
 * attempt are taken up where it left them.
 * @throws Problem that is about the batch and not about its rows
 */
export async function drawUp(
  issuer: Issuer['rows'],
  plan: Plan,
  batch: BatchRecord,
  rows: readonly BatchRowRecord[],
): Promise<Chunk> {
  const { tenant, batchId } = batch;
  const chunk: Chunk = { parts: [], issued: [], failed: [] };
  let open = [...rows];
  for (let conflicts = 0; open.length > 0; ) {
    try {
      chunk.parts.push({ prepared: await issuer.prepare(callOf(plan, batch, open)), rows: open });
      break;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.kind === 'conflict' && ++conflicts < TRIES) open = await takeUp(chunk, open);
      else if (error.kind === 'invalid-request' || error.kind === 'lint-failed') {
        const bad = rowErrors(error);
        for (const [at, errors] of bad) chunk.failed.push({ row: open[at]!.row, errors });
        open = open.filter((_, at) => !bad.has(at));
      } else throw error;
    }
  }
  return chunk;

  async function takeUp(into: Chunk, wanted: BatchRowRecord[]): Promise<BatchRowRecord[]> {
    const byNumber = new Map(wanted.map((row) => [row.row, row]));
    const found = await issuer.found(tenant, batchId, [...byNumber.keys()]);
    const take = (number: number) => {
      const row = byNumber.get(number);
      if (!row) throw new Error('found a row that was not asked for');
      byNumber.delete(number);
      return row;
    };
    for (const [number, credentialId] of found.issued) into.issued.push({ row: take(number), credentialId });
    for (const prepared of found.prepared) {
      into.parts.push({ prepared, rows: prepared.records.map(({ batchRow }) => take(batchRow!)) });
    }
    return [...byNumber.values()];
  }
}

function callOf(plan: Plan, batch: BatchRecord, rows: readonly BatchRowRecord[]) {
  const { tenant, actor, batchId, person, approvedPerson } = batch;
  // Approved once, when it was started; here for these rows.
  const approved = approvedPerson !== undefined;
  return {
    tenant,
    actor,
    ...(approved ? { release: releaseBatch(tenant, batchId, { prepared: person, approved: approvedPerson }) } : {}),
    body: requestOf(
      plan,
      rows.map(({ input }) => input as RowInput),
    ),
    batch: { batchId, rows: rows.map(({ row }) => row) },
  };
}
