import { canonicalPerson } from '#auth';
import type { InstitutionReader } from '#institutions';
import {
  formatInstant,
  isObject,
  type Json,
  type JsonObject,
  LIMITS,
  type Page,
  type PageRequest,
  Problem,
  type Random,
  randomId,
  sha256Hex,
  UniqueViolation,
} from '#kernel';
import type { Offers } from '#offers';
import { classListOf, type ListInput } from './class-list.ts';
import { mustDeliver } from './deliver.ts';
import type { BatchCredential, BatchRecord, BatchRowRecord, BatchWrite } from './ports.ts';
import { type Notice, noticesOf, type Plan, resolvePlan } from './preview.ts';
import { createRepeated } from './repeated.ts';
import { abandonLeftRows, type RunDeps, runOnce } from './run.ts';
import { approvalOf, type Starter } from './start.ts';
import { discardUpload, Upload } from './upload.ts';
import { startLoop, type Worker } from './worker.ts';
import { exportErrors, exportRows } from './write-csv.ts';

export interface BatchDeps extends RunDeps {
  reader: RunDeps['reader'] & Pick<InstitutionReader, 'institution'>;
  random: Random;
  /** What opens the offers of a batch, for its result; absent: no links stand there. */
  links?: Pick<Offers, 'ofAwards'>;
  /** No trailing slash. */
  publicUrl: string;
}

export interface BatchInput extends ListInput {
  tenant: string;
  /** `key:ID`. */
  actor: string;
  /** Who holds that key. */
  person?: string;
  achievementId: string;
  /** The latest when absent; fixed with the preview. */
  version?: number;
  /** What all rows share: awardedDate, validFrom, validUntil, include, trainingProvider, assessor, learningRoute, source; and, for offers, `offer: 'link'`, `deliver: 'mail'` with `lang`, `confirmation`. */
  options?: Json;
  idempotencyKey?: string;
}

export interface BatchPreview {
  batch: BatchRecord;
  /** The first invalid rows, at most 100. */
  invalid: BatchRowRecord[];
  notices: Notice[];
}

export interface Batches {
  /** Reads and checks every row and stores the batch as `previewed`; nothing is issued. @throws Problem `invalid-csv`, `invalid-request`, `not-entitled`, `idempotency-mismatch`, `payload-too-large` */
  preview(input: BatchInput): Promise<BatchPreview>;
  /** `preview`, and started at once when `start` is true. */
  create(input: BatchInput & { start?: boolean }): Promise<BatchPreview>;
  /**
   * Queues a previewed batch; valid rows are issued, invalid ones stay as they are. Again: no change.
   * @throws Problem `not-found`; where the institution wants two persons, for anyone but an approver who is not the
   *   person that made it: `approval-required`, `person-required`, `same-person`; else `forbidden` for an approver
   */
  start(tenant: string, batchId: string, starter: Starter): Promise<BatchRecord>;
  /**
   * Ends a batch: what was issued stays issued, the rest never is. Again: no change.
   * @throws Problem `not-found`; `conflict` when it has come to its end already
   */
  cancel(tenant: string, batchId: string, actor: string): Promise<BatchRecord>;
  /** @throws Problem `not-found` */
  get(tenant: string, batchId: string): Promise<BatchRecord>;
  list(tenant: string, page: PageRequest): Promise<Page<BatchRecord>>;
  /** @throws Problem `not-found` */
  rows(tenant: string, batchId: string, page: PageRequest): Promise<Page<BatchRowRecord>>;
  /**
   * Result as CSV, line by line.
   * @param withLinks with what opens the offers of the batch, for whoever may make them
   * @throws Problem `not-found`
   */
  exportCsv(tenant: string, batchId: string, withLinks?: boolean): Promise<AsyncIterable<string>>;
  /** Rows that the preview found invalid, as a class list with what is wrong in a last column. @throws Problem `not-found` */
  errorsCsv(tenant: string, batchId: string): Promise<AsyncIterable<string>>;
  /** Signed credentials in the order of the rows, each a text as served. @throws Problem `not-found` */
  credentials(tenant: string, batchId: string): Promise<AsyncIterable<BatchCredential>>;
  /** Takes away what broken uploads and dead workers left. @returns whether there was anything */
  sweepOnce(): Promise<boolean>;
  /** Works on one batch that wants work. @returns the batch afterwards; undefined when there was none */
  runOnce(): Promise<BatchRecord | undefined>;
  startWorker(options: { intervalMs: number; onError?: (error: unknown) => void }): Worker;
}

const INVALID_SHOWN = 100;
const SWEPT = 10;

/** Class lists: previewed, started, issued in chunks by leased workers, resumable. */
export function createBatches(deps: BatchDeps): Batches {
  const { reader, transactor, clock } = deps;

  async function get(tenant: string, batchId: string): Promise<BatchRecord> {
    const batch = await reader.batch(tenant, batchId);
    if (!batch) throw new Problem('not-found', 'there is no such batch');
    return batch;
  }

  async function preview(input: BatchInput): Promise<BatchPreview> {
    const { tenant, achievementId, idempotencyKey } = input;
    const options = readOptions(input.options);
    const list = classListOf(input);
    const digest = () => sha256Hex(JSON.stringify([achievementId, input.version ?? null, options, list.sha256()]));
    const repeated = createRepeated();
    const notices = () => noticesOf(options, repeated.count);
    if (idempotencyKey !== undefined && (await reader.batchByIdempotencyKey(tenant, idempotencyKey))) {
      for await (const row of list.rows) repeated.see(row);
      return replay(tenant, idempotencyKey, digest(), notices());
    }

    const version = input.version === undefined ? {} : { version: input.version };
    const plan = await resolvePlan(deps.issuer, tenant, { achievementId, ...version, options });
    mustDeliver(deps.offers, plan.offering);
    const upload = new Upload(deps, plan, begun(input, plan, options));
    try {
      for await (const row of list.rows) {
        repeated.see(row);
        await upload.add(row);
      }
      const batch = await upload.finish(digest(), (previewed) => [
        audit(previewed, input.actor, 'batch.create', formatInstant(clock.now()), {
          rows: previewed.rows,
          invalid: previewed.invalidRows,
        }),
      ]);
      return { batch, invalid: upload.invalid, notices: notices() };
    } catch (error) {
      // A broken upload leaves nothing; what cannot be taken away now is swept out later.
      await upload.discard().catch(() => undefined);
      if (!(error instanceof UniqueViolation) || idempotencyKey === undefined) throw error;
      return replay(tenant, idempotencyKey, digest(), notices());
    }
  }

  /** As it is before its first row. */
  function begun(input: BatchInput, plan: Plan, options: JsonObject): BatchRecord {
    const { tenant, actor, achievementId, idempotencyKey, person } = input;
    return {
      ...{ tenant, batchId: randomId(deps.random), achievementId, achievementVersion: plan.version },
      ...{ state: 'uploading', options, rows: 0, invalidRows: 0, issuedRows: 0, failedRows: 0, requestSha256: '' },
      ...(idempotencyKey ? { idempotencyKey } : {}),
      createdAt: formatInstant(clock.now()),
      actor,
      ...(person === undefined ? {} : { person: canonicalPerson(person) }),
      fence: 0,
    };
  }

  /** The batch that was made with this key before. */
  async function replay(tenant: string, key: string, sha256: string, notices: Notice[]): Promise<BatchPreview> {
    const batch = await reader.batchByIdempotencyKey(tenant, key);
    if (!batch) throw new Problem('conflict', 'another batch was made at the same time');
    if (batch.requestSha256 !== sha256) {
      throw new Problem('idempotency-mismatch', 'this Idempotency-Key was used with another batch');
    }
    const first = { after: 0, limit: INVALID_SHOWN };
    return { batch, invalid: await reader.batchRowsIn(tenant, batch.batchId, 'invalid', first), notices };
  }

  async function start(tenant: string, batchId: string, starter: Starter): Promise<BatchRecord> {
    const batch = await get(tenant, batchId);
    const approval = approvalOf(await reader.institution(tenant), batch, starter);
    if (batch.state !== 'previewed') return batch;
    try {
      await transactor.commit([
        { op: 'batch.queue', tenant, batchId, ...approval },
        audit(batch, starter.actor, 'batch.start', formatInstant(clock.now()), {}),
      ]);
    } catch (error) {
      // Somebody else started it.
      if (!(error instanceof UniqueViolation)) throw error;
    }
    return get(tenant, batchId);
  }

  async function cancel(tenant: string, batchId: string, actor: string): Promise<BatchRecord> {
    const batch = await get(tenant, batchId);
    if (batch.state === 'cancelled') return batch;
    const at = formatInstant(clock.now());
    try {
      await transactor.commit([
        { op: 'batch.cancel', tenant, batchId, finishedAt: at },
        audit(batch, actor, 'batch.cancel', at, { issued: batch.issuedRows }),
      ]);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
    }
    const now = await get(tenant, batchId);
    if (now.state !== 'cancelled') throw new Problem('conflict', `the batch has ended already: it is ${now.state}`);
    return now;
  }

  async function* credentialsOf(tenant: string, batchId: string): AsyncGenerator<BatchCredential> {
    for (let after = 0; ; ) {
      const page = await reader.batchCredentials(tenant, batchId, { after, limit: LIMITS.issueList });
      yield* page;
      if (page.length < LIMITS.issueList) return;
      after = page.at(-1)!.row;
    }
  }

  async function sweepOnce(): Promise<boolean> {
    const stale = await reader.staleUploads(formatInstant(clock.now()), SWEPT);
    for (const upload of stale) await discardUpload(transactor, upload);
    await abandonLeftRows(deps);
    return stale.length === SWEPT;
  }

  return {
    preview,
    async create({ start: atOnce, ...input }) {
      const previewed = await preview(input);
      if (!atOnce) return previewed;
      const starter: Starter = { actor: input.actor, role: 'issuer' };
      return { ...previewed, batch: await start(input.tenant, previewed.batch.batchId, starter) };
    },
    start,
    cancel,
    sweepOnce,
    get,
    list: (tenant, page) => reader.batches(tenant, page),
    async rows(tenant, batchId, page) {
      await get(tenant, batchId);
      return reader.batchRows(tenant, batchId, page);
    },
    async exportCsv(tenant, batchId, withLinks = false) {
      const batch = await get(tenant, batchId);
      const { options } = batch;
      const offered = options.offer !== undefined || options.deliver !== undefined;
      const links = withLinks && offered ? deps.links : undefined;
      return exportRows({ reader, publicUrl: deps.publicUrl, ...(links ? { links } : {}) }, batch);
    },
    errorsCsv: async (tenant, batchId) => exportErrors(reader, await get(tenant, batchId)),
    async credentials(tenant, batchId) {
      await get(tenant, batchId);
      return credentialsOf(tenant, batchId);
    },
    runOnce: () => runOnce(deps, () => false),
    startWorker: (options) => startLoop(async (stopping) => (await runOnce(deps, stopping)) !== undefined, options),
  };
}

function audit(
  { tenant, batchId }: BatchRecord,
  actor: string,
  operation: string,
  at: string,
  detail: Record<string, number>,
): BatchWrite {
  return { op: 'audit.append', at, tenant, actor, operation, object: batchId, detail };
}

function readOptions(options: Json | undefined): JsonObject {
  if (options === undefined) return {};
  if (isObject(options)) return options;
  throw new Problem('invalid-request', 'options must be an object', {
    errors: [{ pointer: '/options', detail: 'must be an object' }],
  });
}
