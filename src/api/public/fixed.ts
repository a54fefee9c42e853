import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { SIGNED } from '../http/documents.ts';
import { negotiate } from '../http/negotiate.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';

/** Seconds for which a status list may be kept on the way, however long its own `ttl`: a revocation is seen within five. */
const LIST_SECONDS = 5;

/** Documents that stand under a fixed address as bytes: contexts, schemas, images, status lists. */
export function publicFixed(
  deps: ApiDeps,
): Handlers<'getContext' | 'getSchema' | 'getImage' | 'getStatusList' | 'getRevocationList'> {
  const fixed = (path: string): string => {
    const text = deps.published(path);
    if (text === undefined) throw new Problem('not-found', 'there is nothing at this address');
    return text;
  };
  return {
    async getContext(request, reply) {
      const { name } = request.params as { name: string };
      const body = fixed(`/contexts/ph/${name}`);
      // Bytes of a released version never change. A draft is for specimens, and ends with the release.
      const cache = name.endsWith('-draft') ? 'definition' : 'immutable';
      return publish(request, reply, { body, type: 'application/ld+json', cache });
    },

    async getSchema(request, reply) {
      const { name } = request.params as { name: string };
      const body = fixed(`/schemas/ph/${name}`);
      const cache = /(?:^|[.-])v\d+\.json$/.test(name) ? 'immutable' : 'definition';
      return publish(request, reply, { body, type: 'application/schema+json', cache });
    },

    async getImage(request, reply) {
      const image = await deps.reader.image((request.params as { imageId: string }).imageId);
      if (!image) throw new Problem('not-found', 'there is no such image');
      return publish(request, reply, { body: image.bytes, type: image.mediaType, cache: 'immutable' });
    },

    async getStatusList(request, reply) {
      const body = await deps.status.listCredential((request.params as { listId: string }).listId);
      const ttl = Number(/"ttl":(\d{1,12})[,}]/.exec(body)?.[1] ?? 0) / 1_000;
      const maxAge = Math.floor(Math.min(ttl, LIST_SECONDS));
      const type = negotiate(request.headers.accept, SIGNED);
      return publish(request, reply, { body, type, cache: 'fresh', maxAge, negotiated: true });
    },

    async getRevocationList(request, reply) {
      const body = await deps.status.revocationList((request.params as { listId: string }).listId);
      return publish(request, reply, { body, type: 'application/json', cache: 'fresh', maxAge: LIST_SECONDS });
    },
  };
}
