import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#auth';
import { wantsTwoPersons } from '#credentials';
import { type BatchRecord, type BatchRowRecord, rowState } from '#jobs';
import { LIMITS, Problem } from '#kernel';
import { type ClassListPage, type ConsoleProblem, renderClassList } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { pageOf } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { createDesk, shownProblem } from './desk.ts';

type Operations =
  | 'getConsoleClassList'
  | 'changeConsoleClassList'
  | 'getConsoleClassListErrors'
  | 'getConsoleClassListResult';

/** One class list: its preview, its start, its progress and its result. */
export function consoleClassList(deps: ApiDeps): Handlers<Operations> {
  const { reader, batches } = deps;
  const desk = createDesk(deps);

  async function mustRead(request: FastifyRequest): Promise<BatchRecord> {
    const { batchId } = request.params as { batchId: string };
    const batch = await reader.batch(principalOf(request).tenant, batchId);
    if (!batch) throw new Problem('not-found', 'there is no such batch');
    return batch;
  }

  async function show(request: FastifyRequest, reply: FastifyReply, problem?: ConsoleProblem) {
    const batch = await mustRead(request);
    const two = wantsTwoPersons(await deps.institutions.get(batch.tenant));
    const [listed] = await desk.listedBatches([batch]);
    const body = renderClassList(desk.site(request), await desk.officer(request), {
      batch: listed!,
      starts: batch.state !== 'previewed' ? undefined : two ? 'approver' : 'issuer',
      twoPersons: two,
      ...(await rowsOf(request, batch)),
      ...(problem === undefined ? {} : { problem }),
    });
    return desk.send(request, reply, body);
  }

  /** Until a list is started, what has to be mended comes first. */
  async function rowsOf(
    request: FastifyRequest,
    batch: BatchRecord,
  ): Promise<Pick<ClassListPage, 'rows' | 'onlyErrors' | 'next'>> {
    const { tenant, batchId } = batch;
    const { only, after = '0' } = request.query as { only?: 'errors' | 'all'; after?: string };
    const unmended = batch.state === 'previewed' && batch.invalidRows > 0;
    const onlyErrors = only === undefined ? unmended : only === 'errors';
    const limit = LIMITS.pageSize;
    const showRow = (row: BatchRowRecord) => ({ ...row, state: rowState(row.state, batch) });
    if (onlyErrors) {
      const found = await reader.batchRowsIn(tenant, batchId, 'invalid', { after: Number(after), limit: limit + 1 });
      const rows = found.slice(0, limit);
      const next = found.length > limit ? { next: `only=errors&after=${rows.at(-1)!.row}` } : {};
      return { onlyErrors, rows: rows.map(showRow), ...next };
    }
    const { items, next } = await reader.batchRows(tenant, batchId, pageOf(request));
    return { onlyErrors, rows: items.map(showRow), ...(next === undefined ? {} : { next: `only=all&cursor=${next}` }) };
  }

  function download(reply: FastifyReply, name: string, lines: AsyncIterable<string>) {
    reply.type('text/csv; charset=utf-8').header('cache-control', 'no-store');
    reply.header('content-disposition', `attachment; filename="${name}.csv"`);
    return reply.send(Readable.from(lines));
  }

  return {
    getConsoleClassList: (request, reply) => show(request, reply),

    async changeConsoleClassList(request, reply) {
      const principal = principalOf(request);
      const { tenant, role, person } = principal;
      const { batchId } = await mustRead(request);
      const { action } = request.body as { action: 'start' | 'cancel' };
      const actor = actorOf(principal);
      try {
        if (action === 'cancel') await batches.cancel(tenant, batchId, actor);
        else await batches.start(tenant, batchId, { actor, role, ...(person === undefined ? {} : { person }) });
      } catch (error) {
        const { status, ...problem } = shownProblem(error);
        return show(request, reply.code(status), problem);
      }
      return desk.go(request, reply, `/console/class-lists/${batchId}`);
    },

    async getConsoleClassListErrors(request, reply) {
      const { tenant, batchId } = await mustRead(request);
      return download(reply, `${batchId}-errors`, await batches.errorsCsv(tenant, batchId));
    },

    async getConsoleClassListResult(request, reply) {
      const { tenant, batchId } = await mustRead(request);
      // Links open awards: for those who may make them.
      const links = principalOf(request).role === 'issuer';
      return download(reply, batchId, await batches.exportCsv(tenant, batchId, links));
    },
  };
}
