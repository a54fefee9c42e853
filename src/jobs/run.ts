import { type CredentialReader, type IssuedCredential, type Issuer, releaseBatch } from '#credentials';
import {
  type Clock,
  formatInstant,
  type JsonObject,
  LIMITS,
  Problem,
  sha256Hex,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import type { RowInput } from './columns.ts';
import { mustDeliver, type OffersOfBatches, offerWrites } from './deliver.ts';
import type { BatchReader, BatchRecord, BatchRowRecord, BatchWrite } from './ports.ts';
import { type Plan, requestOf, resolvePlan, rowErrors } from './preview.ts';

export interface RunDeps {
  reader: BatchReader & Pick<CredentialReader, 'credentials'>;
  transactor: Transactor<BatchWrite>;
  issuer: Pick<Issuer, 'issue' | 'check'>;
  clock: Clock;
  /** Absent: nothing is offered. */
  offers?: OffersOfBatches;
  /** For fault tests: after a chunk was issued, before its rows are marked. */
  onChunk?: (batch: BatchRecord, rows: readonly BatchRowRecord[]) => Promise<void> | void;
}

/** Longer than any chunk takes; renewed with every chunk. Milliseconds. */
const LEASE = 60_000;
/** How long a batch rests when the service cannot sign. Milliseconds. */
const REST = 30_000;

/** Another worker has the batch: whatever this one still does is not written. */
class LeaseLost extends Error {}

/**
 * Takes the lease of one batch and works until it is done, gives way, or loses the lease.
 * @returns the batch as it is afterwards; undefined when nothing wanted work
 */
export async function runOnce(deps: RunDeps, giveWay: () => boolean): Promise<BatchRecord | undefined> {
  const { reader, clock } = deps;
  const [found] = await reader.runnableBatches(formatInstant(clock.now()), 1);
  if (!found) return undefined;
  const work = new Lease(deps, found);
  try {
    await work.renew([]);
    await runBatch(deps, work, found, giveWay);
  } catch (error) {
    if (!(error instanceof LeaseLost)) await work.endWith(error);
  }
  return reader.batch(found.tenant, found.batchId);
}

async function runBatch(deps: RunDeps, lease: Lease, batch: BatchRecord, giveWay: () => boolean): Promise<void> {
  const { tenant, batchId, achievementId, achievementVersion: version } = batch;
  const options = batch.options as JsonObject;
  const plan = await resolvePlan(deps.issuer, tenant, { achievementId, version, options });
  mustDeliver(deps.offers, plan.offering);
  for (;;) {
    const rows = await deps.reader.pendingBatchRows(tenant, batchId, LIMITS.issueList);
    if (rows.length === 0) return lease.finish('done');
    if (giveWay()) return lease.release(0);
    const writes = await runChunk(deps, plan, batch, rows, lease.fence);
    await deps.onChunk?.(batch, rows);
    await lease.renew(writes);
    await new Promise((next) => setImmediate(next));
  }
}

/** Issues a chunk; what it returns is committed together with the renewal of the lease. */
async function runChunk(
  deps: RunDeps,
  plan: Plan,
  batch: BatchRecord,
  rows: readonly BatchRowRecord[],
  fence: number,
): Promise<BatchWrite[]> {
  const { tenant, batchId } = batch;
  const key = `batch:${batchId}:${sha256Hex(rows.map(({ row }) => row).join()).slice(0, 32)}`;
  try {
    return await issuedWrites(deps, plan, batch, rows, await issueRows(deps, plan, batch, rows, key));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.kind === 'conflict') return settleConflict(deps, plan, batch, rows, `${key}:${fence}`);
    if (error.kind !== 'invalid-request' && error.kind !== 'lint-failed') throw error;
    return [...rowErrors(error)].map(([at, errors]): BatchWrite => {
      const { row } = rows[at]!;
      return { op: 'batchRow.failed', tenant, batchId, row, errors };
    });
  }
}

/**
 * Some rows have credentials already (an earlier run got further than its marks), or an earlier try was given up: what
 * exists is marked, the rest is tried under a new key. The unique constraint on batch and row forbids doubles in any case.
 */
async function settleConflict(
  deps: RunDeps,
  plan: Plan,
  batch: BatchRecord,
  rows: readonly BatchRowRecord[],
  key: string,
): Promise<BatchWrite[]> {
  const { tenant, batchId } = batch;
  const issued = new Map<number, string>();
  let cursor: string | undefined;
  do {
    const page = await deps.reader.credentials({ tenant, batchId }, { limit: 200, ...(cursor ? { cursor } : {}) });
    for (const one of page.items) {
      if (one.phase === 'issued' && one.batchRow !== undefined) issued.set(one.batchRow, one.credentialId);
    }
    cursor = page.next;
  } while (cursor);
  const known = rows.filter(({ row }) => issued.has(row));
  const open = rows.filter(({ row }) => !issued.has(row));
  if (known.length > 0 || open.length === 0) {
    const theirs = known.map(({ row }) => ({ credentialId: issued.get(row)! }));
    return issuedWrites(deps, plan, batch, known, theirs);
  }
  return issuedWrites(deps, plan, batch, open, await issueRows(deps, plan, batch, open, key));
}

function issueRows(
  deps: RunDeps,
  plan: Plan,
  { tenant, actor, batchId, person, approvedPerson }: BatchRecord,
  rows: readonly BatchRowRecord[],
  idempotencyKey: string,
): Promise<IssuedCredential[]> {
  // Approved once, when it was started; here for these rows.
  const approved = approvedPerson !== undefined;
  return deps.issuer.issue({
    tenant,
    actor,
    ...(approved ? { release: releaseBatch(tenant, batchId, { prepared: person, approved: approvedPerson }) } : {}),
    body: requestOf(
      plan,
      rows.map(({ input }) => input as RowInput),
    ),
    idempotencyKey,
    batch: { batchId, rows: rows.map(({ row }) => row) },
  });
}

/** A row is marked together with the link that goes out for it: of each there is one, however often work begins again. */
async function issuedWrites(
  { offers }: RunDeps,
  { offering }: Plan,
  { tenant, actor }: BatchRecord,
  rows: readonly BatchRowRecord[],
  issued: readonly Pick<IssuedCredential, 'credentialId'>[],
): Promise<BatchWrite[]> {
  if (issued.length !== rows.length) throw new Error('not one credential for each row');
  const marks = rows.map(({ batchId, row }, at): BatchWrite => {
    return { op: 'batchRow.issued', tenant, batchId, row, credentialId: issued[at]!.credentialId };
  });
  const sent = rows.map(({ input }, at) => ({ input, credentialId: issued[at]!.credentialId }));
  return [...marks, ...(await offerWrites(offers, offering, { tenant, actor, rows: sent }))];
}

/** The fencing token: every write of a worker carries the newest number it knows, and a stale number writes nothing. */
class Lease {
  readonly #deps: RunDeps;
  readonly #batch: BatchRecord;
  fence: number;

  constructor(deps: RunDeps, batch: BatchRecord) {
    this.#deps = deps;
    this.#batch = batch;
    this.fence = batch.fence;
  }

  /** Commits writes and takes the next number, both or neither. */
  renew(writes: readonly BatchWrite[]): Promise<void> {
    return this.#lease(writes, LEASE);
  }

  /** Lets others have the batch after some time. Milliseconds. */
  release(after: number): Promise<void> {
    return this.#lease([], after);
  }

  async #lease(writes: readonly BatchWrite[], time: number): Promise<void> {
    const { tenant, batchId } = this.#batch;
    const leaseUntil = formatInstant(new Date(this.#deps.clock.now().getTime() + time));
    await this.#commit([{ op: 'batch.lease', tenant, batchId, fence: this.fence, leaseUntil }, ...writes]);
    this.fence++;
  }

  async finish(state: 'done' | 'failed', detail: Record<string, string> = {}): Promise<void> {
    const { tenant, batchId, actor } = this.#batch;
    const at = formatInstant(this.#deps.clock.now());
    await this.#commit([
      { op: 'batch.finish', tenant, batchId, fence: this.fence, state, finishedAt: at },
      {
        op: 'audit.append',
        at,
        tenant,
        actor,
        operation: 'batch.finish',
        object: batchId,
        detail: { state, ...detail },
      },
    ]);
  }

  /** Two persons are wanted since it was started by one: what is left waits for the other. */
  async #hold(): Promise<void> {
    const { tenant, batchId, actor } = this.#batch;
    const at = formatInstant(this.#deps.clock.now());
    await this.#commit([
      { op: 'batch.hold', tenant, batchId, fence: this.fence },
      { op: 'audit.append', at, tenant, actor, operation: 'batch.hold', object: batchId },
    ]);
  }

  /** Something that will pass lets the batch rest; anything else ends it, with the reason in the log. */
  async endWith(error: unknown): Promise<void> {
    const lasting = error instanceof Problem && !error.temporary;
    const held = lasting && error.kind === 'approval-required';
    const end = held ? this.#hold() : lasting ? this.finish('failed', { reason: error.kind }) : this.release(REST);
    await end.catch((again: unknown) => {
      if (!(again instanceof LeaseLost)) throw again;
    });
    if (!lasting && !(error instanceof Problem)) throw error;
  }

  async #commit(writes: readonly BatchWrite[]): Promise<void> {
    try {
      await this.#deps.transactor.commit(writes);
    } catch (cause) {
      if (cause instanceof UniqueViolation) throw new LeaseLost('another worker has this batch', { cause });
      throw cause;
    }
  }
}
