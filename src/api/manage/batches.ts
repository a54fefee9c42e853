import { Readable } from 'node:stream';
import { actorOf } from '#auth';
import type { BatchInput, BatchRecord, BatchRowRecord } from '#jobs';
import { type Json, type JsonObject, Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { negotiate } from '../http/negotiate.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

export function manageBatches(
  deps: ApiDeps,
): Handlers<'createBatch' | 'listBatches' | 'readBatch' | 'startBatch' | 'listBatchRows'> {
  const { batches, reader, publicUrl } = deps;
  const rowOf = (row: BatchRowRecord) => showRow(row, publicUrl);

  async function mustRead(tenant: string, batchId: string): Promise<BatchRecord> {
    const row = await reader.batch(tenant, batchId);
    if (!row) throw new Problem('not-found', 'there is no such batch');
    return row;
  }

  return {
    async createBatch(request, reply) {
      const principal = principalOf(request);
      const idempotencyKey = request.headers['idempotency-key'] as string | undefined;
      const csv = request.mediaType === 'text/csv';
      const { batch, invalid, notices } = await batches.create({
        ...(csv
          ? inputOfCsv(request.query as CsvQuery, request.body as Buffer)
          : inputOfJson(request.body as JsonBatch, request.query as object)),
        tenant: principal.tenant,
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        actor: actorOf(principal),
        ...(principal.person === undefined ? {} : { person: principal.person }),
      });
      reply.code(201).header('location', `${publicUrl}/v1/batches/${batch.batchId}`);
      return { ...show(batch), invalid: invalid.map(rowOf), notices };
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

    async listBatchRows(request, reply) {
      const { tenant, role } = principalOf(request);
      const { batchId } = request.params as { batchId: string };
      await mustRead(tenant, batchId);
      if (negotiate(request.headers.accept, ['application/json', 'text/csv']) === 'text/csv') {
        reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${batchId}.csv"`);
        // Links open awards: for those who may make them.
        const links = role === 'issuer';
        if (links) reply.header('cache-control', 'no-store');
        return reply.send(Readable.from(await batches.exportCsv(tenant, batchId, links)));
      }
      const page = await reader.batchRows(tenant, batchId, pageOf(request));
      return sendPage(request, reply, page, rowOf, publicUrl);
    },
  };
}

type Content = Pick<BatchInput, 'achievementId' | 'version' | 'options' | 'csv' | 'rows'>;
type CsvQuery = Partial<
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
function inputOfCsv({ achievementId, version, include, ...dates }: CsvQuery, csv: Buffer): Content {
  if (achievementId === undefined) {
    throw new Problem('invalid-request', 'name the achievement in the query', {
      errors: [{ pointer: '/query/achievementId', detail: 'is required' }],
    });
  }
  return {
    achievementId,
    ...(version === undefined ? {} : { version: Number(version) }),
    options: { ...(dates as JsonObject), ...(include === undefined ? {} : { include: include.split(',') }) },
    csv,
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
    errors: [{ pointer: `/query/${stray}`, detail: 'is for text/csv' }],
  });
}

function show(row: BatchRecord) {
  const { tenant: _, requestSha256: __, idempotencyKey: ___, actor: ____, ...rest } = row;
  const { fence: _____, leaseUntil: ______, person: _______, approvedPerson: ________, ...shown } = rest;
  return shown;
}

function showRow({ tenant: _, batchId: __, ...row }: BatchRowRecord, publicUrl: string) {
  const url = row.credentialId === undefined ? {} : { credentialUrl: `${publicUrl}/credentials/${row.credentialId}` };
  return { ...row, ...url };
}
