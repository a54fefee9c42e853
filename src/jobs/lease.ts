import { type Clock, formatInstant, Problem, type Transactor, UniqueViolation } from '#kernel';
import type { BatchRecord, BatchWrite } from './ports.ts';

/** Longer than any chunk takes; renewed with every chunk. Milliseconds. */
const LEASE = 60_000;
/** How long a batch rests when the service cannot sign. Milliseconds. */
const REST = 30_000;

/** Another worker has the batch, or it was cancelled: whatever this one still does is not written. */
export class LeaseLost extends Error {}

/** The fencing token: every write of a worker carries the newest number it knows, and a stale number writes nothing. */
export class Lease<W> {
  readonly #deps: { transactor: Transactor<W | BatchWrite>; clock: Clock };
  readonly #batch: BatchRecord;
  #fence: number;

  constructor(deps: { transactor: Transactor<W | BatchWrite>; clock: Clock }, batch: BatchRecord) {
    this.#deps = deps;
    this.#batch = batch;
    this.#fence = batch.fence;
  }

  /** Commits writes and takes the next number, both or neither. */
  renew(writes: readonly (W | BatchWrite)[]): Promise<void> {
    return this.#lease(writes, LEASE);
  }

  /** Lets others have the batch after some time. Milliseconds. */
  release(after: number): Promise<void> {
    return this.#lease([], after);
  }

  async #lease(writes: readonly (W | BatchWrite)[], time: number): Promise<void> {
    const { tenant, batchId } = this.#batch;
    const leaseUntil = formatInstant(new Date(this.#deps.clock.now().getTime() + time));
    await this.#commit([{ op: 'batch.lease', tenant, batchId, fence: this.#fence, leaseUntil }, ...writes]);
    this.#fence++;
  }

  async finish(state: 'done' | 'failed', detail: Record<string, string> = {}): Promise<void> {
    const { tenant, batchId, actor } = this.#batch;
    const at = formatInstant(this.#deps.clock.now());
    await this.#commit([
      { op: 'batch.finish', tenant, batchId, fence: this.#fence, state, finishedAt: at },
      {
        ...{ op: 'audit.append', at, tenant, actor, operation: 'batch.finish', object: batchId },
        detail: { state, ...detail },
      },
    ]);
  }

  /** Two persons are wanted since it was started by one: what is left waits for the other. */
  async #hold(): Promise<void> {
    const { tenant, batchId, actor } = this.#batch;
    const at = formatInstant(this.#deps.clock.now());
    await this.#commit([
      { op: 'batch.hold', tenant, batchId, fence: this.#fence },
      { op: 'audit.append', at, tenant, actor, operation: 'batch.hold', object: batchId },
    ]);
  }

  /**
   * Something that will pass lets the batch rest; anything else ends it, with the reason in the log.
   * @throws the error itself when it is a fault of ours
   */
  async endWith(error: unknown): Promise<void> {
    const lasting = error instanceof Problem && !error.temporary;
    const held = lasting && error.kind === 'approval-required';
    const end = held ? this.#hold() : lasting ? this.finish('failed', { reason: error.kind }) : this.release(REST);
    await end.catch((again: unknown) => {
      if (!(again instanceof LeaseLost)) throw again;
    });
    if (!lasting && !(error instanceof Problem)) throw error;
  }

  async #commit(writes: readonly (W | BatchWrite)[]): Promise<void> {
    try {
      await this.#deps.transactor.commit(writes);
    } catch (cause) {
      if (!(cause instanceof UniqueViolation) || cause.table !== 'batch.fence') throw cause;
      throw new LeaseLost('another worker has this batch, or nobody is to', { cause });
    }
  }
}
