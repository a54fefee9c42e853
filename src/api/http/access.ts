import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authorize, type OperationId, PERMISSIONS, type Principal } from '#auth';
import { LIMITS, Problem } from '#kernel';
import type { PlatformToken } from '#oauth';
import { assertBodyKind } from './bodies.ts';
import { isExpensive } from './expensive.ts';
import { assertSameOrigin, COOKIE_OPERATIONS, type Cookies, createCookies } from './officer-cookies.ts';
import type { Operation } from './openapi.ts';
import { operationOf } from './operation.ts';
import type { RateChecks } from './rate.ts';

export interface AccessDeps {
  operations: ReadonlyMap<string, Operation>;
  /** @param path of the operation, as written in the description */
  authenticate(header: string | undefined, path: string): Promise<Principal | undefined>;
  /** Of the session cookie. @throws Problem `forbidden` for a session that may not act */
  session(token: string): Promise<Principal | undefined>;
  /** Of a platform that a learner let in. */
  platformToken(header: string | undefined): Promise<PlatformToken | undefined>;
  publicUrl: string;
  rate: RateChecks;
  /** Who is meant by a request to the VC API that brings no credentials; nobody when absent. */
  vcApiOpen?: Principal;
}

/** Where a secret may be guessed: how often one address was wrong is counted, and nothing else about it. */
const GUESSABLE = new Set(['createOAuthToken', 'revokeOAuthToken', 'pushAuthorizationRequest', 'revokePlatformToken']);
/**
 * Who may do what is decided here, before a byte of the body is read and before anything is dispatched; cheap checks
 * stand before expensive ones. Default deny: an operation that is not in the table of permissions is nobody's.
 */
export function registerAccess(app: FastifyInstance, deps: AccessDeps): void {
  app.decorateRequest('principal', undefined);
  app.decorateRequest('platform', undefined);
  app.decorateRequest('operation', undefined);
  const cookies = createCookies(deps.publicUrl);
  app.addHook('onRequest', async (request, reply) => {
    if (Buffer.byteLength(request.url) > LIMITS.urlBytes) {
      throw new Problem('uri-too-long', `the address is longer than ${LIMITS.urlBytes} bytes`);
    }
    const operation = deps.operations.get(operationOf(request) ?? '');
    if (!operation?.secured) deps.rate.address(request, reply);
    if (!operation) return;
    const permission = PERMISSIONS[operation.operationId as OperationId];
    if (operation.scope !== undefined && permission === 'platform') {
      await letIn(request, reply, deps, operation.scope);
    } else if (operation.secured || permission !== 'anyone') {
      await identify(request, reply, deps, operation, cookies);
    } else if (COOKIE_OPERATIONS.has(operation.operationId)) assertSameOrigin(request, deps.publicUrl);
    if (isExpensive(request, operation.operationId)) deps.rate.expensive(request, reply);
    if (GUESSABLE.has(operation.operationId)) deps.rate.guessesSoFar(request, reply);
    assertBodyKind(request, operation);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const wrong = reply.statusCode === 400 || reply.statusCode === 401;
    if (wrong && GUESSABLE.has(operationOf(request) ?? '')) deps.rate.countGuess(request);
    done();
  });
}

/** A known key or account has a limit of its own; who comes without one, or guesses, is counted by address. */
async function identify(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: AccessDeps,
  operation: Operation,
  cookies: Cookies,
) {
  const { operationId, path } = operation;
  deps.rate.addressSoFar(request, reply);
  const { authorization } = request.headers;
  const isOpen = authorization === undefined && path.startsWith('/vc-api/') && isThisMachine(request);
  const open = isOpen ? deps.vcApiOpen : undefined;
  // A key that is sent is what counts; a cookie comes along without being asked.
  const token = authorization === undefined ? cookies.read(request, 'session') : undefined;
  if (token !== undefined) assertSameOrigin(request, deps.publicUrl);
  const known = () => (token === undefined ? deps.authenticate(authorization, path) : deps.session(token));
  request.principal = open ?? (await known());
  if (!request.principal) deps.rate.address(request, reply);
  authorize(request.principal, operationId);
  deps.rate.principal(request, reply);
}

/** What the learner allowed decides, and nothing else that the request brings. */
async function letIn(request: FastifyRequest, reply: FastifyReply, deps: AccessDeps, scope: string) {
  deps.rate.addressSoFar(request, reply);
  const token = await deps.platformToken(request.headers.authorization);
  if (!token) {
    deps.rate.address(request, reply);
    throw new Problem('unauthenticated', 'send an access token of a learner who agreed (Authorization: Bearer ...)');
  }
  request.platform = token;
  deps.rate.platform(request, reply);
  if (!token.scopes.includes(scope as PlatformToken['scopes'][number])) {
    throw new Problem('forbidden', `the learner did not allow ${scope}`, { extensions: { scope } });
  }
}

/** A page of somebody else in a browser here may send as well, under a name that leads to this machine: not without a key. */
function isThisMachine({ hostname, headers: { origin } }: FastifyRequest): boolean {
  const named = origin === undefined ? hostname : URL.canParse(origin) ? new URL(origin).hostname : '';
  return [hostname, named].every((name) => /^(?:localhost|127\.0\.0\.1|\[?::1\]?)$/.test(name));
}
