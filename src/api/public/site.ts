import { Problem } from '#kernel';
import {
  asset,
  isProblemKind,
  type OpenApiView,
  renderChanges,
  renderDocs,
  renderHome,
  renderOperation,
  renderProblemKind,
  renderProblemKinds,
  rowsOf,
} from '#pages';
import type { ApiDeps } from '../deps.ts';
import type { OpenApi } from '../http/openapi.ts';
import type { Handler, Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { siteOf } from '../http/site.ts';

type Operations =
  | 'getHome'
  | 'getHealth'
  | 'getLiveness'
  | 'getReadiness'
  | 'getDocs'
  | 'getDocsOperation'
  | 'getDocsChanges'
  | 'getOpenApi'
  | 'getProblems'
  | 'getProblem'
  | 'getAsset';

export function publicSite(deps: ApiDeps, api: OpenApi): Handlers<Operations> {
  const { privacyContact, specimen } = deps;
  const spec = api.document as unknown as OpenApiView;
  const answer =
    (checksOf: () => Promise<Record<string, boolean>>): Handler =>
    async (_request, reply) => {
      const checks = await checksOf();
      const ok = Object.values(checks).every((ready) => ready);
      reply.code(ok ? 200 : 503).header('cache-control', 'no-store');
      const shown = Object.entries(checks).map(([name, ready]) => [name, ready ? 'ok' : 'failing']);
      return { status: ok ? 'ok' : 'failing', checks: Object.fromEntries(shown) };
    };
  return {
    async getHome(request, reply) {
      const body = renderHome(siteOf(request, specimen), privacyContact === undefined ? {} : { privacyContact });
      return publish(request, reply, { body, type: 'text/html', cache: 'definition' });
    },

    async getLiveness(_request, reply) {
      reply.header('cache-control', 'no-store');
      return { status: 'ok' };
    },

    // A balancer asks the second: what a person has to look at is no reason to send requests nowhere.
    getHealth: answer(async () => ({ ...(await deps.health()), ...(await deps.alarms?.()) })),
    getReadiness: answer(deps.health),

    async getDocs(request, reply) {
      const body = renderDocs(siteOf(request, specimen), spec, deps.publicUrl);
      return publish(request, reply, { body, type: 'text/html', cache: 'definition' });
    },

    async getDocsOperation(request, reply) {
      const { operationId } = request.params as { operationId: string };
      const row = rowsOf(spec).find(({ operation }) => operation.operationId === operationId);
      if (!row) throw new Problem('not-found', 'there is no such operation');
      const body = renderOperation(siteOf(request, specimen), spec, row);
      return publish(request, reply, { body, type: 'text/html', cache: 'definition' });
    },

    async getDocsChanges(request, reply) {
      const body = renderChanges(siteOf(request, specimen), spec);
      return publish(request, reply, { body, type: 'text/html', cache: 'definition' });
    },

    async getProblems(request, reply) {
      const body = renderProblemKinds(siteOf(request, specimen));
      return publish(request, reply, { body, type: 'text/html', cache: 'definition' });
    },

    async getProblem(request, reply) {
      const { kind } = request.params as { kind: string };
      if (!isProblemKind(kind)) throw new Problem('not-found', 'there is no such problem');
      const body = renderProblemKind(siteOf(request, specimen), kind);
      return publish(request, reply, { body, type: 'text/html', cache: 'definition' });
    },

    async getOpenApi(request, reply) {
      return publish(request, reply, { body: api.text, type: 'application/yaml', cache: 'definition' });
    },

    async getAsset(request, reply) {
      const found = asset((request.params as { name: string }).name);
      if (!found) throw new Problem('not-found', 'there is no such file');
      const type = found.contentType.split(';')[0]!;
      return publish(request, reply, { body: found.bytes, type, cache: 'asset' });
    },
  };
}
