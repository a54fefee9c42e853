import type { FastifyReply } from 'fastify';
import type { Problem } from '#kernel';
import { WalletRefusal } from '#wallets';

/** Endpoints whose errors OpenID4VCI 1.0 and OAuth 2 give a shape. */
const ENDPOINT = /^\/institutions\/[^/?]+\/oid4vci\/(nonce|credential|deferred|notification)(?:\?|$)/;

/** Which of them was asked, by its address; undefined for any other. */
export const walletEndpoint = (url: string): string | undefined => ENDPOINT.exec(url)?.[1];

/** OpenID4VCI 1.0, 8.3.1.2 (and 9.3, 11.3): `error` and `error_description`; for tokens RFC 6750, 3. */
export function sendWalletError(reply: FastifyReply, endpoint: string, error: unknown, problem: Problem): FastifyReply {
  reply.header('cache-control', 'no-store').type('application/json');
  const send = (body: object) => reply.send(Buffer.from(JSON.stringify(body)));
  if (!(error instanceof WalletRefusal)) {
    reply.code(problem.status);
    return send({ error: codeOf(problem, endpoint), error_description: asciiOf(problem.message) });
  }
  const error_description = asciiOf(error.message);
  if (error.code !== 'invalid_token') {
    reply.code(400);
    return send({ error: error.code, error_description, ...(error.cNonce !== undefined && { c_nonce: error.cNonce }) });
  }
  const parameters = error.noToken ? '' : ` error="invalid_token", error_description="${error_description}"`;
  reply.code(401).header('www-authenticate', `Bearer${parameters}`);
  return send({ error: error.code, error_description });
}

function codeOf({ status }: Problem, endpoint: string): string {
  if (status >= 500) return 'server_error';
  if (status === 429) return 'temporarily_unavailable';
  return endpoint === 'notification' ? 'invalid_notification_request' : 'invalid_credential_request';
}

/** RFC 6749, 5.2: printable ASCII without quotation marks and backslashes. */
function asciiOf(text: string): string {
  return text
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replace(/[^ -~]/g, '?');
}
