import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fieldProblem, Problem, type ProblemKind, UniqueViolation } from '#kernel';
import { renderProblem } from '#pages';
import { WalletRefusal } from '#wallets';
import { showDoor } from '../console/door.ts';
import { isOAuthPath, oauthErrorOf } from '../oauth/problem-shape.ts';
import { isHostPath, sendStatusInfo } from '../ob3/errors.ts';
import { sendWalletError, walletEndpoint } from '../oid4vci/errors.ts';
import { OID4VP, oauthError } from '../oid4vp/errors.ts';
import { withVcApiType } from '../vc-api/problem-types.ts';
import { wantsPage } from './negotiate.ts';
import { methodsAt, type Operation } from './openapi.ts';
import { securityHeaders } from './security-headers.ts';
import { siteOf } from './site.ts';
import { isUploading } from './uploads.ts';

/** What the framework and its plug-ins throw, in our table. Anything that is not here is ours to be ashamed of. */
const FRAMEWORK: Record<string, ProblemKind> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid-request',
  FST_ERR_BAD_URL: 'not-found',
  FST_ERR_ASYNC_CONSTRAINT: 'not-found',
  FST_REQ_FILE_TOO_LARGE: 'payload-too-large',
  FST_PARTS_LIMIT: 'payload-too-large',
  FST_FILES_LIMIT: 'payload-too-large',
  FST_FIELDS_LIMIT: 'payload-too-large',
  FST_PROTO_VIOLATION: 'invalid-request',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported-media-type',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** Seconds. About as long as a database takes to come back, or another one to take its place. */
const RETRY_AFTER = '5';

/** Every error leaves here: as RFC 9457 for programs, as a page for people. */
export function registerProblems(app: FastifyInstance, operations: ReadonlyMap<string, Operation>, specimen: boolean) {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const problem = forProtocol(request.url, asProblem(error));
    const endpoint = walletEndpoint(request.url);
    if (problem.kind === 'unavailable' && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_AFTER);
    if (error instanceof WalletRefusal) return sendWalletError(reply, endpoint ?? '', error, problem);
    if (problem.status >= 500) request.log.error({ err: error, requestId: request.id }, 'request failed');
    if (endpoint !== undefined) return sendWalletError(reply, endpoint, error, problem);
    if (showDoor(request, reply, problem)) return reply;
    return sendProblem(request, reply, problem, specimen);
  });
  app.setNotFoundHandler(async (request, reply) => {
    const there = methodsAt(operations.values(), request.url.split('?')[0]!);
    if (there.length === 0) {
      return sendProblem(request, reply, new Problem('not-found', 'there is nothing at this address'), specimen);
    }
    reply.header('allow', there.map(({ method }) => (method === 'GET' ? 'GET, HEAD' : method)).join(', '));
    const detail = `this address does not answer ${request.method}`;
    return sendProblem(request, reply, new Problem('method-not-allowed', detail), specimen);
  });
}

/** What the framework refuses before there is a route, such as an address that is not well-formed: no hook runs then. */
export function answerUnrouted(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  { specimen, publicUrl }: { specimen: boolean; publicUrl: string },
) {
  const { kind } = asProblem(error);
  reply.type(wantsPage(request.headers.accept) ? 'text/html' : 'application/problem+json');
  reply.headers(securityHeaders(request, reply, publicUrl.startsWith('https:')));
  // Its text quotes the address.
  const detail = kind === 'not-found' ? 'there is nothing at this address' : 'the request is not acceptable HTTP';
  return sendProblem(request, reply, forProtocol(request.url, new Problem(kind, detail, { cause: error })), specimen);
}

/** Where a standard names the types of its problems, those are its answers. */
function forProtocol(url: string, problem: Problem): Problem {
  return url.startsWith('/vc-api/') ? withVcApiType(problem) : problem;
}

/** @returns the problem itself, the problem that stands for a known error, or `internal` without its text */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof UniqueViolation) {
    return new Problem('conflict', 'this was changed or taken by another request', { cause: error });
  }
  const { code, message } = error as { code?: string; message?: string };
  const kind = code === undefined ? undefined : FRAMEWORK[code];
  if (kind) return new Problem(kind, message ?? kind, { cause: error });
  // Malformed multipart: the parser's own errors carry no code.
  if (/multipart|boundary|Unexpected end of form/i.test(message ?? '') && code === undefined) {
    return fieldProblem('invalid-request', '', 'the form is malformed');
  }
  return new Problem('internal', 'the request could not be finished; the request id names it in the log', {
    cause: error,
  });
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem, specimen: boolean) {
  if (isHostPath(request.url)) return sendStatusInfo(request, reply, problem);
  if (request.url.startsWith(OID4VP)) {
    reply.code(problem.status).header('cache-control', 'no-store');
    return reply.type('application/json').send(Buffer.from(JSON.stringify(oauthError(problem))));
  }
  // A path and no host: whichever address this service goes by.
  reply.header('link', `</problems/${problem.kind}>; rel="help"`);
  const document = { ...problem.toDocument(), instance: `urn:tatak:request:${request.id}` };
  reply.code(problem.status).header('cache-control', 'no-store');
  if (problem.kind === 'unauthenticated' && !reply.hasHeader('www-authenticate')) {
    reply.header('www-authenticate', 'Bearer realm="tatak"');
  }
  if (!/^\/(?:v1|vc-api)\//.test(request.url) && wantsPage(request.headers.accept)) {
    return reply.type('text/html; charset=utf-8').send(renderProblem(siteOf(request, specimen), document));
  }
  if (isOAuthPath(request.url)) {
    return reply.type('application/json').send(Buffer.from(JSON.stringify(oauthErrorOf(problem))));
  }
  return reply.type('application/problem+json').send(Buffer.from(JSON.stringify(document)));
}

const CLIENT_ERRORS: Record<string, { status: string; kind: ProblemKind }> = {
  HPE_HEADER_OVERFLOW: { status: '431 Request Header Fields Too Large', kind: 'headers-too-large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', kind: 'request-timeout' },
};

/** What is refused before it is a request: written to the socket, as a problem document too. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.destroyed) return void socket.destroy();
  // An upload has a pace of its own.
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && isUploading(socket)) return;
  const row = CLIENT_ERRORS[error.code ?? ''] ?? { status: '400 Bad Request', kind: 'invalid-request' as const };
  const body = JSON.stringify(new Problem(row.kind, 'the request is not acceptable HTTP').toDocument());
  socket.end(
    `HTTP/1.1 ${row.status}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n` +
      `X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
