import { Problem } from '#kernel';
import { asset, type OpenApiView, renderDocs, renderHome } from '#pages';
import type { ApiDeps } from '../deps.ts';
import type { OpenApi } from '../http/openapi.ts';
import type { Handler, Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { siteOf } from '../http/site.ts';

export function publicSite(
  deps: ApiDeps,
  api: OpenApi,
): Handlers<'getHome' | 'getHealth' | 'getLiveness' | 'getReadiness' | 'getDocs' | 'getOpenApi' | 'getAsset'> {
  const { privacyContact, specimen } = deps;
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
      const body = renderDocs(siteOf(request, specimen), api.document as unknown as OpenApiView);
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
