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
import { columnOf, type RowInput } from './columns.ts';
import { mustDeliver } from './deliver.ts';
import type { BatchRecord, BatchRowRecord, BatchWrite } from './ports.ts';
import { checkRows, type Notice, noticesOf, resolvePlan } from './preview.ts';
import { type CsvSource, readCsv } from './read-csv.ts';
import { type RunDeps, runOnce } from './run.ts';
import { approvalOf, type Starter } from './start.ts';
import { startLoop, type Worker } from './worker.ts';
import { exportRows } from './write-csv.ts';

export interface BatchDeps extends RunDeps {
  reader: RunDeps['reader'] & Pick<InstitutionReader, 'institution'>;
  random: Random;
  /** What opens the offers of a batch, for its result; absent: no links stand there. */
  links?: Pick<Offers, 'ofAwards'>;
  /** No trailing slash. */
  publicUrl: string;
}

export interface BatchInput {
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
  /** A class list as CSV; or `rows`, objects of texts with the same columns. */
  csv?: CsvSource;
  rows?: Json;
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
  /** Works on one batch that wants work. @returns the batch afterwards; undefined when there was none */
  runOnce(): Promise<BatchRecord | undefined>;
  startWorker(options: { intervalMs: number; onError?: (error: unknown) => void }): Worker;
}

const INVALID_SHOWN = 100;

/** Class lists: previewed, started, issued in chunks by leased workers, resumable. */
export function createBatches(deps: BatchDeps): Batches {
  const { reader, transactor, clock } = deps;

  async function get(tenant: string, batchId: string): Promise<BatchRecord> {
    const batch = await reader.batch(tenant, batchId);
    if (!batch) throw new Problem('not-found', 'there is no such batch');
    return batch;
  }

  async function preview(input: BatchInput): Promise<BatchPreview> {
    const { tenant, actor, achievementId, idempotencyKey } = input;
    const options = readOptions(input.options);
    const { rows: inputs, sha256 } = await readRows(input);
    const requestSha256 = sha256Hex(JSON.stringify([achievementId, input.version ?? null, options, sha256]));
    const notices = noticesOf(options, inputs);
    const known = await replayed(tenant, idempotencyKey, requestSha256);
    if (known) return { batch: known, invalid: await firstInvalid(known), notices };

    const version = input.version === undefined ? {} : { version: input.version };
    const plan = await resolvePlan(deps.issuer, tenant, { achievementId, ...version, options });
    mustDeliver(deps.offers, plan.offering);
    const batchId = randomId(deps.random);
    const rows = await checkRows(deps.issuer, { tenant, batchId }, plan, inputs);
    const createdAt = formatInstant(clock.now());
    const batch: BatchRecord = {
      tenant,
      batchId,
      achievementId,
      achievementVersion: plan.version,
      state: 'previewed',
      options,
      rows: rows.length,
      invalidRows: rows.filter((row) => row.state === 'invalid').length,
      issuedRows: 0,
      failedRows: 0,
      requestSha256,
      ...(idempotencyKey ? { idempotencyKey } : {}),
      createdAt,
      actor,
      ...(input.person === undefined ? {} : { person: canonicalPerson(input.person) }),
      fence: 0,
    };
    try {
      await transactor.commit([
        { op: 'batch.insert', row: batch, rows },
        audit(batch, actor, 'batch.create', createdAt, { rows: batch.rows, invalid: batch.invalidRows }),
      ]);
    } catch (error) {
      const winner = error instanceof UniqueViolation && (await replayed(tenant, idempotencyKey, requestSha256));
      if (!winner) throw error;
      return { batch: winner, invalid: await firstInvalid(winner), notices };
    }
    return { batch, invalid: rows.filter((row) => row.state === 'invalid').slice(0, INVALID_SHOWN), notices };
  }

  async function replayed(tenant: string, key: string | undefined, sha256: string): Promise<BatchRecord | undefined> {
    const batch = key === undefined ? undefined : await reader.batchByIdempotencyKey(tenant, key);
    if (batch && batch.requestSha256 !== sha256) {
      throw new Problem('idempotency-mismatch', 'this Idempotency-Key was used with another batch');
    }
    return batch;
  }

  async function firstInvalid({ tenant, batchId }: BatchRecord): Promise<BatchRowRecord[]> {
    const found: BatchRowRecord[] = [];
    let cursor: string | undefined;
    do {
      const page = await reader.batchRows(tenant, batchId, {
        limit: LIMITS.pageSizeMax,
        ...(cursor ? { cursor } : {}),
      });
      found.push(...page.items.filter((row) => row.state === 'invalid'));
      cursor = page.next;
    } while (cursor && found.length < INVALID_SHOWN);
    return found.slice(0, INVALID_SHOWN);
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

  return {
    preview,
    async create({ start: atOnce, ...input }) {
      const previewed = await preview(input);
      if (!atOnce) return previewed;
      const starter: Starter = { actor: input.actor, role: 'issuer' };
      return { ...previewed, batch: await start(input.tenant, previewed.batch.batchId, starter) };
    },
    start,
    get,
    list: (tenant, page) => reader.batches(tenant, page),
    async rows(tenant, batchId, page) {
      await get(tenant, batchId);
      return reader.batchRows(tenant, batchId, page);
    },
    async exportCsv(tenant, batchId, withLinks = false) {
      const { options } = await get(tenant, batchId);
      const offered = options.offer !== undefined || options.deliver !== undefined;
      const links = withLinks && offered ? deps.links : undefined;
      return exportRows({ reader, publicUrl: deps.publicUrl, ...(links ? { links } : {}) }, tenant, batchId);
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

async function readRows({ csv, rows }: BatchInput): Promise<{ rows: RowInput[]; sha256: string }> {
  if ((csv === undefined) === (rows === undefined)) {
    throw new Problem('invalid-request', 'give either a CSV file or rows');
  }
  if (csv !== undefined) return readCsv(csv);
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > LIMITS.batchRows) {
    throw new Problem('invalid-request', 'rows must be a list', {
      errors: [{ pointer: '/rows', detail: `must be a list of 1 to ${LIMITS.batchRows} rows` }],
    });
  }
  const errors: { pointer: string; detail: string }[] = [];
  const read = rows.map((row, at): RowInput => {
    if (!isObject(row)) errors.push({ pointer: `/rows/${at}`, detail: 'must be an object' });
    const entries = isObject(row) ? Object.entries(row) : [];
    for (const [key, value] of entries) {
      if (columnOf(key) !== key) errors.push({ pointer: `/rows/${at}/${key}`, detail: 'is not a column' });
      if (typeof value !== 'string') errors.push({ pointer: `/rows/${at}/${key}`, detail: 'must be text' });
    }
    return Object.fromEntries(entries.filter(([, value]) => value !== '')) as RowInput;
  });
  if (errors.length > 0)
    throw new Problem('invalid-request', 'some rows are not acceptable', { errors: errors.slice(0, 100) });
  return { rows: read, sha256: sha256Hex(JSON.stringify(rows)) };
}
