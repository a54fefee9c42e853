import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#auth';
import { streamEventOf } from '#events';
import {
  type BatchCredential,
  type BatchInput,
  type BatchPreview,
  type BatchRecord,
  type BatchRowRecord,
  rowState,
} from '#jobs';
import { type Json, type JsonObject, Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { createEventStreams, type ServerEvent } from '../http/event-streams.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { negotiate } from '../http/negotiate.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { createUploads } from '../http/uploads.ts';

export function manageBatches(
  deps: ApiDeps,
): Handlers<
  | 'createBatch'
  | 'listBatches'
  | 'readBatch'
  | 'startBatch'
  | 'cancelBatch'
  | 'followBatch'
  | 'listBatchRows'
  | 'getBatchCredentials'
> {
  const { batches, reader, publicUrl } = deps;
  const uploads = createUploads();
  const streams = createEventStreams(deps.closing);

  async function mustRead(tenant: string, batchId: string): Promise<BatchRecord> {
    const row = await reader.batch(tenant, batchId);
    if (!row) throw new Problem('not-found', 'there is no such batch');
    return row;
  }

  function createFrom(request: FastifyRequest, reply: FastifyReply): Promise<BatchPreview> {
    const principal = principalOf(request);
    const idempotencyKey = request.headers['idempotency-key'] as string | undefined;
    const by = {
      tenant: principal.tenant,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      actor: actorOf(principal),
      ...(principal.person === undefined ? {} : { person: principal.person }),
    };
    const format = FILES[request.mediaType ?? ''];
    if (!format) {
      return batches.create({ ...inputOfJson(request.body as JsonBatch, request.query as object), ...by });
    }
    return uploads.read(request, reply, async (body) =>
      batches.create({ ...inputOfFile(request.query as FileQuery), [format]: body, ...by }),
    );
  }

  return {
    async createBatch(request, reply) {
      const { batch, invalid, notices } = await createFrom(request, reply);
      reply.code(201).header('location', `${publicUrl}/v1/batches/${batch.batchId}`);
      return { ...show(batch), invalid: invalid.map((row) => showRow(row, batch, publicUrl)), notices };
    },

    async listBatches(request, reply) {
      const page = await reader.batches(principalOf(request).tenant, pageOf(request));
      return sendPage(request, reply, page, show, publicUrl);
    },

    async readBatch(request) {
      const { batchId } = request.params as { batchId: string };
      return show(await mustRead(principalOf(request).tenant, batchId));
    },

    async startBatch(request, reply) {
      const principal = principalOf(request);
      const { batchId } = request.params as { batchId: string };
      reply.code(202);
      const { tenant, role, person } = principal;
      const starter = { actor: actorOf(principal), role, ...(person === undefined ? {} : { person }) };
      return show(await batches.start(tenant, batchId, starter));
    },

    async cancelBatch(request) {
      const principal = principalOf(request);
      const { batchId } = request.params as { batchId: string };
      return show(await batches.cancel(principal.tenant, batchId, actorOf(principal)));
    },

    async followBatch(request, reply) {
      const { tenant } = principalOf(request);
      const { batchId } = request.params as { batchId: string };
      const now = eventOf(await mustRead(tenant, batchId));
      // Told already, and nothing will follow: this keeps a browser from coming back (WHATWG HTML 9.2.3).
      if (now.last && request.headers['last-event-id'] === now.id) return reply.code(204).send();
      const look = async () => {
        const batch = await reader.batch(tenant, batchId);
        return batch && eventOf(batch);
      };
      return streams.open(request, reply, look);
    },

    async getBatchCredentials(request, reply) {
      const { tenant } = principalOf(request);
      const { batchId } = request.params as { batchId: string };
      const credentials = await batches.credentials(tenant, batchId);
      reply.type('application/x-ndjson').header('cache-control', 'no-store');
      reply.header('content-disposition', `attachment; filename="${batchId}.ndjson"`);
      return reply.send(Readable.from(linesOf(credentials)));
    },

    async listBatchRows(request, reply) {
      const { tenant, role } = principalOf(request);
      const { batchId } = request.params as { batchId: string };
      const batch = await mustRead(tenant, batchId);
      if (negotiate(request.headers.accept, ['application/json', 'text/csv']) === 'text/csv') {
        reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${batchId}.csv"`);
        // Links open awards: for those who may make them.
        const links = role === 'issuer';
        if (links) reply.header('cache-control', 'no-store');
        return reply.send(Readable.from(await batches.exportCsv(tenant, batchId, links)));
      }
      const page = await reader.batchRows(tenant, batchId, pageOf(request));
      return sendPage(request, reply, page, (row) => showRow(row, batch, publicUrl), publicUrl);
    },
  };
}

/** Files, by their media type. */
const FILES: Readonly<Record<string, 'csv' | 'ndjson'>> = { 'text/csv': 'csv', 'application/x-ndjson': 'ndjson' };

type Content = Pick<BatchInput, 'achievementId' | 'version' | 'options' | 'rows'>;
type FileQuery = Partial<
  Record<
    | 'achievementId'
    | 'version'
    | 'include'
    | 'awardedDate'
    | 'validFrom'
    | 'validUntil'
    | 'offer'
    | 'confirmation'
    | 'deliver'
    | 'lang',
    string
  >
>;

/** A file has no room for what all rows share, so that stands in the query. */
function inputOfFile({ achievementId, version, include, ...dates }: FileQuery): Content {
  if (achievementId === undefined) {
    throw new Problem('invalid-request', 'name the achievement in the query', {
      errors: [{ pointer: '/query/achievementId', detail: 'is required' }],
    });
  }
  return {
    achievementId,
    ...(version === undefined ? {} : { version: Number(version) }),
    options: { ...(dates as JsonObject), ...(include === undefined ? {} : { include: include.split(',') }) },
  };
}

interface JsonBatch {
  achievementId: string;
  version?: number;
  options?: JsonObject;
  rows: Json;
}

/** With JSON everything stands in the body, so that one request cannot say two things. */
function inputOfJson(body: JsonBatch, query: object): Content {
  const [stray] = Object.keys(query);
  if (stray === undefined) return body;
  throw new Problem('invalid-request', 'the options of a JSON batch stand in its body', {
    errors: [{ pointer: `/query/${stray}`, detail: 'is for a file' }],
  });
}

function show(row: BatchRecord) {
  const { tenant: _, requestSha256: __, idempotencyKey: ___, actor: ____, ...rest } = row;
  const { fence: _____, leaseUntil: ______, person: _______, approvedPerson: ________, ...shown } = rest;
  return shown;
}

function showRow({ tenant: _, batchId: __, ...row }: BatchRowRecord, batch: BatchRecord, publicUrl: string) {
  const url = row.credentialId === undefined ? {} : { credentialUrl: `${publicUrl}/credentials/${row.credentialId}` };
  return { ...row, state: rowState(row.state, batch), ...url };
}

/** How a batch stands, as an event: two that say the same have one id. */
function eventOf(batch: BatchRecord): ServerEvent {
  const { batchId, state, rows, invalidRows, issuedRows, failedRows } = batch;
  const end = streamEventOf(state);
  return {
    id: `${issuedRows}-${failedRows}-${state}`,
    event: end ?? 'progress',
    data: { batchId, state, rows, invalidRows, issuedRows, failedRows },
    last: end !== undefined,
  };
}

/** Each text as it is stored: one line, because it was written without line breaks. */
async function* linesOf(credentials: AsyncIterable<BatchCredential>): AsyncGenerator<string> {
  for await (const { credentialId, signed } of credentials) {
    if (signed.includes('\n')) throw new Error(`the text of ${credentialId} is no line`);
    yield `${signed}\n`;
  }
}
