import type { Issuer } from '#credentials';
import { type Clock, formatInstant, nextTurn, type Transactor, UniqueViolation } from '#kernel';
import type { RowInput } from './columns.ts';
import type { BatchRecord, BatchRowRecord, BatchWrite } from './ports.ts';
import { checkRows, type Plan } from './preview.ts';

/** Rows in memory at a time, and in one commit. */
const GROUP = 500;
/** Longer than a group takes to arrive from the slowest client that is waited for. Milliseconds. */
const LEASE = 600_000;
const INVALID_SHOWN = 100;

export interface UploadDeps {
  transactor: Transactor<BatchWrite>;
  issuer: Pick<Issuer, 'check'>;
  clock: Clock;
}

/**
 * A class list on its way into the store, a group of rows at a time. Nobody sees the batch before its last row is checked and
 * stored; a short list is stored in one commit.
 */
export class Upload {
  readonly #deps: UploadDeps;
  readonly #plan: Plan;
  readonly #batch: BatchRecord;
  #group: RowInput[] = [];
  /** The last commit of a group, under way while the next group is read and checked; absent: nothing of it is in the store. */
  #storing: Promise<void> | undefined;
  /** The first invalid rows. */
  readonly invalid: BatchRowRecord[] = [];

  /** @param batch as it begins: without rows */
  constructor(deps: UploadDeps, plan: Plan, batch: BatchRecord) {
    this.#deps = deps;
    this.#plan = plan;
    this.#batch = { ...batch, state: 'uploading', rows: 0, invalidRows: 0 };
  }

  async add(row: RowInput): Promise<void> {
    if (this.#group.length === GROUP) await this.#store();
    this.#group.push(row);
  }

  /**
   * @param writes committed with the last rows
   * @returns the batch as previewed
   * @throws UniqueViolation `batches` when another batch has the key
   */
  async finish(requestSha256: string, writes: (batch: BatchRecord) => BatchWrite[]): Promise<BatchRecord> {
    const rows = await this.#check();
    await this.#storing;
    const batch: BatchRecord = { ...this.#batch, state: 'previewed', requestSha256 };
    const { tenant, batchId, idempotencyKey } = batch;
    const key = idempotencyKey === undefined ? {} : { idempotencyKey };
    await this.#deps.transactor.commit([
      ...(this.#storing
        ? [this.#addRows(rows), { op: 'batch.previewed', tenant, batchId, requestSha256, ...key } satisfies BatchWrite]
        : [{ op: 'batch.insert', row: batch, rows } satisfies BatchWrite]),
      ...writes(batch),
    ]);
    return batch;
  }

  /** Takes away what was stored. What cannot be taken away now is swept out when its lease is over. */
  async discard(): Promise<void> {
    if (!this.#storing) return;
    await this.#storing.catch(() => undefined);
    await discardUpload(this.#deps.transactor, this.#batch);
  }

  /** Begins to store the group, when the one before is stored: two groups are in memory, not more. */
  async #store(): Promise<void> {
    const rows = await this.#check();
    await this.#storing;
    const { idempotencyKey: _, ...batch } = this.#batch;
    const first: BatchWrite[] = [
      { op: 'batch.insert', row: { ...batch, rows: 0, invalidRows: 0, leaseUntil: this.#lease() }, rows: [] },
    ];
    this.#storing = this.#deps.transactor.commit([...(this.#storing ? [] : first), this.#addRows(rows)]);
    // Told to whoever waits for it: the next group, the end, or nobody when the upload is given up.
    this.#storing.catch(() => undefined);
    // What is said to another thread goes out when this one has a moment.
    await nextTurn();
  }

  #addRows(rows: BatchRowRecord[]): BatchWrite {
    const { tenant, batchId } = this.#batch;
    return { op: 'batch.addRows', tenant, batchId, rows, leaseUntil: this.#lease() };
  }

  #lease(): string {
    return formatInstant(new Date(this.#deps.clock.now().getTime() + LEASE));
  }

  /** Takes the group. */
  async #check(): Promise<BatchRowRecord[]> {
    const inputs = this.#group;
    this.#group = [];
    const { tenant, batchId } = this.#batch;
    const at = { tenant, batchId, after: this.#batch.rows };
    const rows = await checkRows(this.#deps.issuer, at, this.#plan, inputs);
    const invalid = rows.filter(({ state }) => state === 'invalid');
    this.#batch.rows += rows.length;
    this.#batch.invalidRows += invalid.length;
    this.invalid.push(...invalid.slice(0, INVALID_SHOWN - this.invalid.length));
    return rows;
  }
}

/** All of it, however many commits that takes. */
export async function discardUpload(
  transactor: Transactor<BatchWrite>,
  { tenant, batchId }: Pick<BatchRecord, 'tenant' | 'batchId'>,
): Promise<void> {
  try {
    for (;;) await transactor.commit([{ op: 'batch.discard', tenant, batchId }]);
  } catch (error) {
    // Nothing is left.
    if (!(error instanceof UniqueViolation)) throw error;
  }
}
