import type { FastifyInstance } from 'fastify';
import { COOKIE_OPERATIONS } from './officer-cookies.ts';
import { methodsAt, type Operation } from './openapi.ts';
import { operationOf } from './operation.ts';

const EXPOSED = 'ETag, Link, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id';

/**
 * Public answers may be read by any page: they are the same for everybody, and no cookie changes them. Managed operations answer
 * no other origin: an API key has no place in a browser. The form of a page is for its own page only, and so is what depends on
 * a cookie or a secret.
 */
export function isOpen(operation: Operation): boolean {
  return (
    !operation.secured &&
    !PAGE_FORMS.has(operation.operationId) &&
    !HOLDER.test(operation.path) &&
    !COOKIE_OPERATIONS.has(operation.operationId)
  );
}

const PAGE_FORMS = new Set([
  'submitVerifyPage',
  'submitPathwayPage',
  'submitRequestForm',
  // Else every visitor of somebody's page would have five guesses to give away.
  'compareRecipientName',
  'getRequest',
  'createPresentationRequest',
  'readPresentationRequest',
  // What only the browser of the holder is shown.
  ...['startAuthorization', 'resumeAuthorization', 'getInteraction', 'submitInteraction'],
]);
/** A session by cookie, or a link that is a secret: whose answers are one person's. */
const HOLDER = /^\/(?:holder|my|claim)(?:\/|$)/;

export function registerCors(app: FastifyInstance, operations: ReadonlyMap<string, Operation>): void {
  app.addHook('onRequest', async (request, reply) => {
    const operation = operations.get(operationOf(request) ?? '');
    if (operation && isOpen(operation)) {
      reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', EXPOSED);
      return;
    }
    if (request.method !== 'OPTIONS') return;
    const open = methodsAt(operations.values(), request.url.split('?')[0]!).filter(isOpen);
    if (open.length === 0) return;
    // A wallet in a browser has a token of its holder, sent by its own script and kept nowhere else.
    const token = open.some(({ path }) => path.includes('/oid4vci/')) ? ', Authorization' : '';
    return reply
      .code(204)
      .headers({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': open.map(({ method }) => method).join(', '),
        'access-control-allow-headers': `Accept, Content-Type, If-None-Match${token}`,
        'access-control-max-age': '86400',
        vary: 'Access-Control-Request-Method',
      })
      .send();
  });
}
