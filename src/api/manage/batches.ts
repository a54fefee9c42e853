import { actorOf } from '#auth';
import type { Include } from '#credentials';
import type { BatchRecord, BatchRowRecord } from '#jobs';
import { Problem } from '#kernel';
import type { ApiDeps, BatchOptions } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

type Source = string | Record<string, string>[];

export function manageBatches(
  deps: ApiDeps,
): Handlers<'createBatch' | 'listBatches' | 'readBatch' | 'startBatch' | 'listBatchRows'> {
  const { batches, reader, publicUrl } = deps;

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
      const { options, source } = csv
        ? { options: optionsOfQuery(request.query as QueryOptions), source: request.body as string }
        : optionsOfBody(request.body as BatchOptions & { rows: Record<string, string>[] }, request.query as object);
      const row = await batches.create({
        ...options,
        source,
        tenant: principal.tenant,
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        actor: actorOf(principal),
      });
      reply.code(201).header('location', `${publicUrl}/v1/batches/${row.batchId}`);
      return show(row);
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
      return show(await batches.start({ tenant: principal.tenant, batchId, actor: actorOf(principal) }));
    },

    async listBatchRows(request, reply) {
      const { tenant } = principalOf(request);
      const { batchId } = request.params as { batchId: string };
      await mustRead(tenant, batchId);
      const page = await reader.batchRows(tenant, batchId, pageOf(request));
      return sendPage(request, reply, page, (row) => showRow(row, publicUrl), publicUrl);
    },
  };
}

type QueryOptions = Partial<
  Record<'achievementId' | 'version' | 'include' | 'awardedDate' | 'validFrom' | 'validUntil', string>
>;

function optionsOfQuery(query: QueryOptions): BatchOptions {
  const { achievementId, version, include, ...dates } = query;
  if (achievementId === undefined) {
    throw new Problem('invalid-request', 'name the achievement in the query', {
      errors: [{ pointer: '/query/achievementId', detail: 'is required' }],
    });
  }
  return {
    achievementId,
    ...(version === undefined ? {} : { version: Number(version) }),
    ...(include === undefined ? {} : { include: include.split(',') as Include[] }),
    ...dates,
  };
}

/** Options stand in one place: in the body of JSON, so that one request cannot say two things. */
function optionsOfBody(body: BatchOptions & { rows: Record<string, string>[] }, query: object) {
  const [stray] = Object.keys(query);
  if (stray !== undefined) {
    throw new Problem('invalid-request', 'the options of a JSON batch stand in its body', {
      errors: [{ pointer: `/query/${stray}`, detail: 'is for text/csv' }],
    });
  }
  const { rows, ...options } = body;
  return { options, source: rows as Source };
}

function show(row: BatchRecord) {
  const {
    tenant: _,
    requestSha256: __,
    idempotencyKey: ___,
    actor: ____,
    fence: _____,
    leaseUntil: ______,
    ...shown
  } = row;
  return shown;
}

function showRow({ tenant: _, batchId: __, ...row }: BatchRowRecord, publicUrl: string) {
  const url = row.credentialId === undefined ? {} : { credentialUrl: `${publicUrl}/credentials/${row.credentialId}` };
  return { ...row, ...url };
}
