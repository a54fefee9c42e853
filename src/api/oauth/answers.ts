import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel';
import type { OAuthAnswer, OAuthRequest } from '#oauth';

/** What the authorisation server is told of a request: where it came from is not among it. */
export function oauthRequestOf(request: FastifyRequest, url: string = request.url): OAuthRequest {
  const { authorization, cookie, accept } = request.headers;
  return {
    method: request.method === 'POST' ? 'POST' : 'GET',
    url,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(accept === undefined ? {} : { accept }),
    },
  };
}

/** Repeated members stay repeated: the authorisation server refuses them by its own rules. */
export function formOf(body: unknown): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    for (const one of [value].flat()) form.append(name, String(one));
  }
  return form;
}

/** The framework writes these itself. */
const NOT_OURS = new Set(['content-length', 'transfer-encoding', 'connection', 'vary']);

export function sendOAuthAnswer(reply: FastifyReply, { status, headers, body }: OAuthAnswer): FastifyReply {
  for (const [name, value] of Object.entries(headers)) if (!NOT_OURS.has(name)) reply.header(name, value);
  reply.code(status);
  return body.length === 0 ? reply.send() : reply.send(body);
}

const UNKNOWN = new Set(['invalid_client', 'invalid_redirect_uri']);

/** An error that cannot go back to the client stays here and is shown to the person: as a page, or as it is. @throws Problem */
export function refuseShown({ status, headers, body }: OAuthAnswer): void {
  if (status < 400 || !String(headers['content-type']).startsWith('application/json')) return;
  const { error, error_description: detail } = JSON.parse(body.toString('utf8')) as Record<string, string>;
  const kind = status >= 500 ? 'internal' : 'invalid-request';
  const code = UNKNOWN.has(error ?? '') ? 'wallet_unknown' : 'wallet_request';
  throw new Problem(kind, detail ?? error ?? 'the request was refused', { extensions: { error, code } });
}
