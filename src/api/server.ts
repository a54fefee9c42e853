import fastify, { type FastifyInstance, LogController } from 'fastify';
import type { OperationId, Principal } from '#auth';
import { LIMITS } from '#kernel';
import type { ApiDeps } from './deps.ts';
import { handlersOf } from './handlers.ts';
import { registerAccess } from './http/access.ts';
import { bindingsOf } from './http/binding.ts';
import { bodyLimit, RAW_BODIES, registerBodies } from './http/bodies.ts';
import { registerCors } from './http/cors.ts';
import { registerHost } from './http/host.ts';
import { loadOpenApi } from './http/openapi.ts';
import { operationOf } from './http/operation.ts';
import { answerClientError, answerUnrouted, registerProblems } from './http/problems.ts';
import { createRateChecks } from './http/rate.ts';
import { createRequestIds } from './http/request-id.ts';
import { registerSecurityHeaders } from './http/security-headers.ts';
import { registerShedding } from './http/shedding.ts';
import { registerTracing } from './http/tracing.ts';
import { registerValidation } from './http/validation.ts';
import { registerWatching } from './http/watching.ts';

/**
 * The HTTP service: one route for each operation of openapi.yaml and no other. Not yet listening.
 * For a second listener give its requests to `app.routing`.
 * @throws Error when an operation has no handler
 */
export async function createServer(deps: ApiDeps): Promise<FastifyInstance> {
  const api = loadOpenApi();
  const closing = new AbortController();
  const handlers = handlersOf({ ...deps, closing: closing.signal }, api);
  const app = fastify({
    ...(deps.logger ? { loggerInstance: deps.logger } : { logger: false }),
    // Addresses carry what people typed; the operation's name is logged instead.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: createRequestIds(deps.trustedProxies ?? [], deps.random),
    trustProxy: deps.trustedProxies ? [...deps.trustedProxies] : false,
    // One for all: lines that tell of a request have its id among what they tell.
    childLoggerFactory: (logger) => logger,
    bodyLimit: LIMITS.jsonBytes,
    requestTimeout: LIMITS.requestTimeout,
    connectionTimeout: 2 * LIMITS.requestTimeout,
    keepAliveTimeout: LIMITS.headersTimeout,
    // What arrives on a connection that is about to end is answered as any other.
    return503OnClosing: false,
    http: {
      headersTimeout: LIMITS.headersTimeout,
      maxHeaderSize: LIMITS.headerBytes,
      // The platform looks for slow clients only every 30 s, whatever the limits say.
      connectionsCheckingInterval: 1_000,
    },
    routerOptions: { maxParamLength: LIMITS.urlBytes },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => answerUnrouted(error, request, reply, deps),
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  });
  app.addHook('preClose', async () => closing.abort());
  await registerBodies(app);
  registerValidation(app);
  registerSecurityHeaders(app, deps.publicUrl.startsWith('https:'));
  registerProblems(app, api.operations, deps.specimen);
  registerWatching(app, deps);
  if (deps.tracer) registerTracing(app, deps.tracer, deps.trustedProxies ?? []);
  registerCors(app, api.operations);
  registerHost(app, deps.publicUrl, api.operations);
  registerShedding(app, {
    ...{ operations: api.operations, metrics: deps.metrics, limits: deps.shedding ?? {} },
    lateMs: deps.lateMs ?? (() => 0),
    fetching: deps.fetching ?? (() => 0),
  });
  const rate = createRateChecks({ random: deps.random, metrics: deps.metrics, limits: deps.rateLimits ?? {} });
  registerAccess(app, {
    operations: api.operations,
    session: (token) => deps.people.sessions.principal(token),
    platformToken: (header) => deps.oauth.platformToken(header),
    publicUrl: deps.publicUrl,
    // A key of a server, or what a system of an institution got for its own; the latter is for this API and no other.
    authenticate: async (header, path) =>
      (await deps.apiKeys.authenticate(header)) ??
      (path.startsWith('/v1/') ? deps.oauth.systemPrincipal(header) : undefined),
    rate,
    ...(deps.vcApiOpen === undefined
      ? {}
      : { vcApiOpen: { tenant: deps.vcApiOpen, keyId: 'vc-api-open', role: 'issuer' as const } }),
  });
  app.addHook('onRoute', (route) => {
    route.bodyLimit = bodyLimit(route.schema?.operationId ?? '');
    // A misspelt parameter of the management API is an error. Public links must survive what others append to them.
    const query = route.schema?.querystring as { additionalProperties?: boolean } | undefined;
    if (query && route.url.startsWith('/v1/')) query.additionalProperties = false;
  });
  app.addHook('onResponse', (request, reply, done) => {
    // What is refused in great numbers is counted, not written down one by one.
    if (reply.hasHeader('retry-after') && REFUSED.has(reply.statusCode)) return done();
    request.log.info(
      {
        operation: operationOf(request) ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        ...(request.principal ? whoActs(request.principal) : {}),
        ...(request.platform ? { connection: request.platform.connection.connectionId } : {}),
        requestId: request.id,
      },
      'request',
    );
    done();
  });
  deps.onServer?.(app);
  for (const binding of bindingsOf(api.document, (operationId) => RAW_BODIES.has(operationId))) {
    const { operationId } = binding.schema;
    const handler = Object.hasOwn(handlers, operationId) ? handlers[operationId as OperationId] : undefined;
    if (!handler) throw new Error(`openapi.yaml: ${operationId} has no handler`);
    app.route({ ...binding, handler });
  }
  await app.ready();
  return app;
}

/** Too many from one, or too much to do. */
const REFUSED = new Set([429, 503]);

/** Ids only: an account's address and person stay out of the log. */
function whoActs({ tenant, keyId, accountId }: Principal) {
  return { tenant, ...(accountId === undefined ? { key: keyId } : { account: accountId }) };
}
