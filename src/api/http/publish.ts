import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Hex } from '#kernel';
import { compressed } from './compress.ts';

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
  /** A page that holds nothing of one person's own, though it is kept by nobody: it may be compressed. */
  open?: boolean;
}

/** What is compressed, and whether its bytes are the same for everybody. */
const COMPRESSED: Readonly<Record<string, boolean>> = { 'text/html': false, 'text/css': true, 'text/javascript': true };

/** Sends exactly these bytes, or 304 when the caller has them already. */
export async function publish(
  request: FastifyRequest,
  reply: FastifyReply,
  publication: Publication,
): Promise<FastifyReply> {
  const { body, cache, maxAge, open } = publication;
  reply.header('cache-control', maxAge === undefined ? CACHE[cache] : `public, max-age=${maxAge}`);
  const [media = ''] = publication.type.split(';');
  const lasting = cache !== 'never' || open ? COMPRESSED[media] : undefined;
  const vary = [...(publication.negotiated ? ['Accept'] : []), ...(lasting === undefined ? [] : ['Accept-Encoding'])];
  if (vary.length > 0) reply.header('vary', vary.join(', '));
  if (cache !== 'never') {
    // Weak where the same page may come in two encodings (RFC 9110, 8.8.1).
    const etag = `${lasting === undefined ? '' : 'W/'}"${sha256Hex(body).slice(0, 32)}"`;
    reply.header('etag', etag);
    if (matches(request.headers['if-none-match'], etag.replace('W/', ''))) return reply.code(304).send();
  }
  const type =
    media.startsWith('text/') && media === publication.type ? `${publication.type}; charset=utf-8` : publication.type;
  // As bytes: to text the framework would add a charset, which these media types do not have.
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
  reply.type(type);
  if (lasting === undefined) return reply.send(bytes);
  const squeezed = await compressed(request.headers['accept-encoding'], bytes, lasting && sha256Hex(body));
  if (!squeezed) return reply.send(bytes);
  return reply.header('content-encoding', 'br').send(Buffer.from(squeezed));
}

/** RFC 9110 13.1.2, weak comparison. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
