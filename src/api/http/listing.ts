import type { FastifyReply, FastifyRequest } from 'fastify';
import { LIMITS, type Page, type PageRequest } from '#kernel';

/** `limit` and `cursor` of a list request; their shape was checked against openapi.yaml. */
export function pageOf(request: FastifyRequest): PageRequest {
  const { limit, cursor } = request.query as { limit?: string; cursor?: string };
  return {
    limit: limit === undefined ? LIMITS.pageSize : Math.min(Number(limit), LIMITS.pageSizeMax),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/** One page: `{items, next?}`, and the next page's address as `Link: <...>; rel="next"` (RFC 8288). */
export function sendPage<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page<T>,
  show: (item: T) => unknown,
  publicUrl: string,
): unknown {
  if (page.next !== undefined) {
    const url = new URL(request.url, publicUrl);
    url.searchParams.set('cursor', page.next);
    reply.header('link', `<${url.href}>; rel="next"`);
  }
  return { items: page.items.map(show), ...(page.next === undefined ? {} : { next: page.next }) };
}
