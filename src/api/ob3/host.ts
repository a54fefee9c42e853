import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HostCredential } from '#host';
import type { JsonObject } from '#kernel';
import type { PlatformToken } from '#oauth';
import type { ApiDeps } from '../deps.ts';
import type { OpenApi } from '../http/openapi.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { HOST_PATH } from './errors.ts';
import { linkHeader, pagingOf } from './paging.ts';
import { serviceDescription } from './service-description.ts';

type Operation = 'getServiceDescription' | 'getCredentials' | 'upsertCredential' | 'getProfile' | 'putProfile';

/** The Open Badges API of OB 3.0, section 6, as a Host. The scope of each token was checked before. */
export function ob3Host(
  { host, publicUrl, operator }: Pick<ApiDeps, 'host' | 'publicUrl' | 'operator'>,
  api: OpenApi,
): Handlers<Operation> {
  let description: string | undefined;
  return {
    async getServiceDescription(request, reply) {
      description ??= JSON.stringify(serviceDescription(api.document, publicUrl, operator.name ?? 'Tatak'));
      return publish(request, reply, { body: description, type: 'application/json', cache: 'definition' });
    },

    async getCredentials(request, reply) {
      const paging = pagingOf(request.query as Record<string, unknown>);
      const { total, items } = await host.credentials(connectionOf(request), paging);
      reply.header('x-total-count', String(total));
      reply.header('link', linkHeader(`${publicUrl}${HOST_PATH}/credentials`, paging, total));
      return json(reply, listOf(items));
    },

    async upsertCredential(request, reply) {
      const bytes = request.body as Buffer;
      const mediaType = request.mediaType ?? '';
      const outcome = await host.upsert(connectionOf(request), { bytes, mediaType });
      reply.header('cache-control', 'no-store');
      if (outcome === 'older') return reply.code(304).send();
      return reply
        .code(outcome === 'created' ? 201 : 200)
        .type(mediaType)
        .send(bytes);
    },

    async getProfile(request, reply) {
      return json(reply, JSON.stringify(await host.profile(connectionOf(request))));
    },

    async putProfile(request, reply) {
      return json(reply, JSON.stringify(await host.putProfile(connectionOf(request), request.body as JsonObject)));
    },
  };
}

function connectionOf(request: FastifyRequest): PlatformToken['connection'] {
  if (!request.platform) throw new Error('an operation of a platform ran without its token');
  return request.platform.connection;
}

/** What is one person's is in nobody's cache. */
function json(reply: FastifyReply, body: string): FastifyReply {
  return reply.header('cache-control', 'no-store').type('application/json').send(Buffer.from(body));
}

/** Each credential stands in the answer as its released or received text: nothing of it is written again. */
function listOf(items: readonly HostCredential[]): string {
  const documents = items.flatMap(({ form, text }) => (form === 'document' ? [text] : []));
  const tokens = items.flatMap(({ form, text }) => (form === 'token' ? [JSON.stringify(text)] : []));
  return `{"credential":[${documents.join(',')}],"compactJwsString":[${tokens.join(',')}]}`;
}
