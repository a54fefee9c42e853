import type { FastifyReply, FastifyRequest } from 'fastify';
import { LIMITS, type Page, type PageRequest } from '#kernel';

/** `limit` and `cursor` of a list request; their shape was checked against openapi.yaml. */
export function pageOf(request: FastifyRequest, size: number = LIMITS.pageSize): PageRequest {
  const { limit, cursor } = request.query as { limit?: string; cursor?: string };
  return {
    limit: limit === undefined ? size : Math.min(Number(limit), LIMITS.pageSizeMax),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/** The address of the next page, when there is one. */
export function linkNext(
  request: FastifyRequest,
  reply: FastifyReply,
  next: string | undefined,
  publicUrl: string,
): void {
  if (next === undefined) return;
  const url = new URL(request.url, publicUrl);
  url.searchParams.set('cursor', next);
  reply.header('link', `<${url.href}>; rel="next"`);
}

/** One page: `{items, next?}`, and the next page's address as `Link: <...>; rel="next"` (RFC 8288). */
export function sendPage<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page<T>,
  show: (item: T) => unknown,
  publicUrl: string,
): unknown {
  linkNext(request, reply, page.next, publicUrl);
  return { items: page.items.map(show), ...(page.next === undefined ? {} : { next: page.next }) };
}
