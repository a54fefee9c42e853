import type { CredentialReader, CredentialRecord, CredentialWrite, Issuer, PreparedRows } from '#credentials';
import { type Clock, formatInstant, type JsonObject, LIMITS, Problem, type Transactor, UniqueViolation } from '#kernel';
import { type Chunk, drawUp } from './chunk.ts';
import { mustDeliver, type OffersOfBatches, offerWrites } from './deliver.ts';
import { Lease, LeaseLost } from './lease.ts';
import type { BatchReader, BatchRecord, BatchRowRecord, BatchWrite } from './ports.ts';
import { type Plan, resolvePlan } from './preview.ts';

export interface RunDeps {
  reader: BatchReader & Pick<CredentialReader, 'preparedCredentials'>;
  transactor: Transactor<BatchWrite | CredentialWrite>;
  issuer: Pick<Issuer, 'check' | 'rows'>;
  clock: Clock;
  /** Absent: nothing is offered. */
  offers?: OffersOfBatches;
  /** For fault tests: after a chunk was signed, before it is stored and its rows are marked. */
  onChunk?: (batch: BatchRecord, rows: readonly BatchRowRecord[]) => Promise<void> | void;
}

/** Rows drawn up, signed and stored together: a list of one request. */
const CHUNK = LIMITS.issueList;
/** So often the rows of a chunk are drawn up again when others interfere. */
const TRIES = 3;

/**
 * Takes the lease of one batch and works until it is done, gives way, or loses the lease.
 * @returns the batch as it is afterwards; undefined when nothing wanted work
 */
export async function runOnce(deps: RunDeps, giveWay: () => boolean): Promise<BatchRecord | undefined> {
  const { reader, clock, issuer } = deps;
  const [found] = await reader.runnableBatches(formatInstant(clock.now()), 1);
  if (!found) return undefined;
  const run = new Run(deps, found);
  try {
    await run.work(giveWay);
  } catch (error) {
    if (!(error instanceof LeaseLost)) await run.lease.endWith(error);
  }
  const now = await reader.batch(found.tenant, found.batchId);
  // Nobody will come back for what this one prepared.
  if (now && isOver(now))
    await issuer.rows.abandon(
      run.prepared.flatMap(({ records }) => records),
      over(now),
    );
  return now;
}

/**
 * Gives up what a worker prepared and left when its batch was ended without it: it died, or lost the store at that moment.
 */
export async function abandonLeftRows({ reader, issuer, clock }: RunDeps): Promise<void> {
  const before = formatInstant(new Date(clock.now().getTime() - LIMITS.issuingMs));
  const groups = new Map<string, CredentialRecord[]>();
  for (const record of await reader.preparedCredentials(CHUNK * 10)) {
    if (record.batchId === undefined || record.preparedAt >= before) continue;
    const name = JSON.stringify([record.tenant, record.batchId]);
    groups.set(name, [...(groups.get(name) ?? []), record]);
  }
  for (const records of groups.values()) {
    const batch = await reader.batch(records[0]!.tenant, records[0]!.batchId!);
    if (batch && isOver(batch)) await issuer.rows.abandon(records, over(batch));
  }
}

const isOver = ({ state }: BatchRecord): boolean => state === 'cancelled' || state === 'failed' || state === 'done';
const over = ({ state }: BatchRecord): string => `the batch is ${state}`;

/** The chunk before was not stored: nothing after it is. */
class Behind extends Error {}

async function after(before: Promise<void>): Promise<void> {
  await before.catch((cause: unknown) => {
    throw new Behind('the rows before were not stored', { cause });
  });
}

/** One worker at one batch. While a chunk is stored the next one is signed, and the one after that drawn up. */
class Run {
  readonly lease: Lease<CredentialWrite>;
  /**
   * Durable, not stored as issued. Not a set: one that fills and empties leaves old tables behind, each holding the next, and what
   * they hold lives until the whole heap is looked through.
   */
  prepared: readonly PreparedRows[] = [];
  readonly #deps: RunDeps;
  readonly #batch: BatchRecord;
  #plan!: Plan;

  constructor(deps: RunDeps, batch: BatchRecord) {
    this.#deps = deps;
    this.#batch = batch;
    this.lease = new Lease(deps, batch);
  }

  /** @throws LeaseLost; Problem that is about the batch and not about its rows */
  async work(giveWay: () => boolean): Promise<void> {
    const { tenant, achievementId, achievementVersion: version } = this.#batch;
    await this.lease.renew([]);
    const options = this.#batch.options as JsonObject;
    this.#plan = await resolvePlan(this.#deps.issuer, tenant, { achievementId, version, options });
    mustDeliver(this.#deps.offers, this.#plan.offering);
    let next = this.#next(0);
    let stored = Promise.resolve();
    for (;;) {
      // Whatever keeps a chunk from being drawn up is told when the one before is safe.
      const { rows, chunk } = await next.catch(async (error: unknown) => {
        await stored;
        throw error;
      });
      if (rows.length === 0) {
        await stored;
        return this.lease.finish('done');
      }
      const before = stored;
      stored = this.#settle(chunk, before);
      stored.catch(() => undefined);
      const goesOn = !giveWay();
      if (goesOn) {
        next = this.#next(rows.at(-1)!.row);
        next.catch(() => undefined);
      }
      await before.catch(async (error: unknown) => {
        await Promise.allSettled([stored, next]);
        throw error;
      });
      if (!goesOn) {
        await stored;
        return this.lease.release(0);
      }
    }
  }

  async #next(after: number): Promise<{ rows: BatchRowRecord[]; chunk: Chunk }> {
    const { tenant, batchId } = this.#batch;
    const rows = await this.#deps.reader.batchRowsIn(tenant, batchId, 'valid', { after, limit: CHUNK });
    return { rows, chunk: await this.#drawUp(rows) };
  }

  async #drawUp(rows: readonly BatchRowRecord[]): Promise<Chunk> {
    const chunk = await drawUp(this.#deps.issuer.rows, this.#plan, this.#batch, rows);
    this.prepared = [...this.prepared, ...chunk.parts.map(({ prepared }) => prepared)];
    return chunk;
  }

  /**
   * Signs and stores; each part is stored together with its marks and the lease, or not at all.
   * @param before until when nothing of it is stored; if that fails, never
   */
  async #settle({ parts, issued, failed }: Chunk, before: Promise<void>, tries = TRIES): Promise<void> {
    const { tenant, batchId } = this.#batch;
    const marks: BatchWrite[] = [
      ...(failed.length > 0 ? [{ op: 'batchRows.failed', tenant, batchId, rows: failed } as const] : []),
      ...(await this.#issuedWrites(issued)),
    ];
    if (marks.length > 0) {
      await after(before);
      await this.lease.renew(marks);
    }
    for (const part of parts) await this.#finish(part, before, tries);
  }

  async #finish({ prepared, rows }: Chunk['parts'][number], before: Promise<void>, tries: number): Promise<void> {
    const { issuer, onChunk } = this.#deps;
    try {
      await issuer.rows.finish(prepared, this.#batch.actor, async (writes) => {
        await after(before);
        await onChunk?.(this.#batch, rows);
        const done = rows.map((row, at) => ({ row, credentialId: prepared.records[at]!.credentialId }));
        await this.lease.renew([...writes, ...(await this.#issuedWrites(done))]);
      });
      this.#forget(prepared);
    } catch (error) {
      // A rule, or a key, that changed since they were prepared: the next attempt says what is wrong with which row.
      const refused = error instanceof Problem && (error.kind === 'lint-failed' || error.kind === 'conflict');
      if (refused) await issuer.rows.abandon(prepared.records, error.message);
      // Somebody else has finished them, or given them up.
      else if (!(error instanceof UniqueViolation)) throw error;
      this.#forget(prepared);
      if (tries === 0) throw error;
      await this.#settle(await this.#drawUp(rows), before, tries - 1);
    }
  }

  #forget(finished: PreparedRows): void {
    this.prepared = this.prepared.filter((one) => one !== finished);
  }

  /** A row is marked together with the link that goes out for it: of each there is one, however often work begins again. */
  async #issuedWrites(done: readonly { row: BatchRowRecord; credentialId: string }[]): Promise<BatchWrite[]> {
    if (done.length === 0) return [];
    const { tenant, batchId, actor } = this.#batch;
    const rows = done.map(({ row: { row }, credentialId }) => ({ row, credentialId }));
    const sent = done.map(({ row: { input }, credentialId }) => ({ input, credentialId }));
    const offers = offerWrites(this.#deps.offers, this.#plan.offering, { tenant, actor, rows: sent });
    return [{ op: 'batchRows.issued', tenant, batchId, rows }, ...(await offers)];
  }
}
