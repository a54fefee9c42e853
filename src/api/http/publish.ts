import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Hex } from '#kernel';

/**
 * How long others may keep each kind of public resource.
 * `immutable`: the address names these bytes. `definition`: changes are rare and harmless for five minutes.
 * `key`: a revoked key must be seen soon. `fresh`: kept, but asked for again each time.
 */
const CACHE = {
  immutable: 'public, max-age=31536000, immutable',
  asset: 'public, max-age=3600',
  definition: 'public, max-age=300',
  key: 'public, max-age=60',
  fresh: 'public, no-cache',
  never: 'no-store',
} as const;

export type CacheKind = keyof typeof CACHE;

export interface Publication {
  body: string | Uint8Array;
  type: string;
  cache: CacheKind;
  /** The address answers in several media types. */
  negotiated?: boolean;
  /** Instead of the kind's own, in seconds. */
  maxAge?: number;
}

/** Sends exactly these bytes, or 304 when the caller has them already. */
export function publish(request: FastifyRequest, reply: FastifyReply, publication: Publication): FastifyReply {
  const { body, cache, maxAge } = publication;
  reply.header('cache-control', maxAge === undefined ? CACHE[cache] : `public, max-age=${maxAge}`);
  if (publication.negotiated) reply.header('vary', 'Accept');
  if (cache !== 'never') {
    const etag = `"${sha256Hex(body).slice(0, 32)}"`;
    reply.header('etag', etag);
    if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  }
  const type = publication.type.startsWith('text/') ? `${publication.type}; charset=utf-8` : publication.type;
  // As bytes: to text the framework would add a charset, which these media types do not have.
  return reply.type(type).send(typeof body === 'string' ? Buffer.from(body) : Buffer.from(body));
}

/** RFC 9110 13.1.2, weak comparison. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
