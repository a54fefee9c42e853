import type { FastifyReply, FastifyRequest } from 'fastify';
import { PERMISSIONS } from '#auth';
import type { Problem } from '#kernel';
import { wantsPage } from '../http/negotiate.ts';
import { sameLang } from '../http/site.ts';

const ROLES: readonly string[] = PERMISSIONS.getConsole;

/**
 * Whoever opens a page of the console in a browser and is nobody is led to where they become somebody: not signed in, to the
 * sign-in; acting as nobody, or as one who has no page here, to the account, which says why.
 * @returns whether the request was answered
 */
export function showDoor(request: FastifyRequest, reply: FastifyReply, problem: Problem): boolean {
  const path = request.url.split('?')[0]!;
  if (path !== '/console' && !path.startsWith('/console/')) return false;
  if (request.method !== 'GET' || !wantsPage(request.headers.accept)) return false;
  const { principal } = request;
  // A role that has pages here, and not this one, is told so.
  if (principal && ROLES.includes(principal.role)) return false;
  const query = sameLang(request);
  const doors: Partial<Record<Problem['kind'], string>> = {
    unauthenticated: `/sign-in${query}`,
    forbidden: `/account?from=console${query.replace('?', '&')}`,
  };
  const location = doors[problem.kind];
  if (location === undefined) return false;
  reply.code(303).headers({ location, 'cache-control': 'no-store' }).send();
  return true;
}
