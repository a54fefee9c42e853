import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { SESSION_COOKIE } from './names.ts';
import type { OAuthAnswer, OAuthRequest } from './ports.ts';

// Importing it by name would load the platform's `fetch`, too (`net/http.ts`).
const http = process.getBuiltinModule('node:http');

type Callback = (req: IncomingMessage, res: ServerResponse) => unknown;

/**
 * One request to the library without a socket. It is told the public address and nothing else of where it stands, so no
 * `Host` or `X-Forwarded-*` of a stranger gets into what it says; and what it answers passes the same hooks as all answers.
 */
export function exchangeOf(
  publicUrl: string,
  request: OAuthRequest,
): { incoming: IncomingMessage; response: ServerResponse; answered: Promise<OAuthAnswer> } {
  const { protocol, host } = new URL(publicUrl);
  const body = Buffer.from(request.form?.toString() ?? '');
  const incoming = Object.assign(Readable.from(body.length > 0 ? [body] : []), {
    method: request.method,
    url: request.url,
    httpVersion: '1.1',
    httpVersionMajor: 1,
    httpVersionMinor: 1,
    headers: {
      ...given(request.headers),
      host,
      'x-forwarded-proto': protocol.slice(0, -1),
      ...(request.form
        ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }
        : {}),
    },
    socket: {},
  }) as unknown as IncomingMessage;
  const response = new http.ServerResponse(incoming);
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk === 'string')
      chunks.push(Buffer.from(chunk, encoding === undefined ? 'utf8' : (encoding as 'utf8')));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const answered = new Promise<OAuthAnswer>((resolve) => {
    Object.assign(response, {
      write(chunk: unknown, encoding: unknown) {
        keep(chunk, encoding);
        return true;
      },
      end(chunk: unknown, encoding: unknown) {
        keep(chunk, encoding);
        const headers = response.getHeaders() as OAuthAnswer['headers'];
        resolve({ status: response.statusCode, headers, body: Buffer.concat(chunks) });
        return response;
      },
    });
  });
  return { incoming, response, answered };
}

export async function callProvider(callback: Callback, publicUrl: string, request: OAuthRequest): Promise<OAuthAnswer> {
  const { incoming, response, answered } = exchangeOf(publicUrl, withoutSession(request));
  const failed = Promise.resolve(callback(incoming, response)).then(() => answered);
  const answer = await Promise.race([answered, failed]);
  const cookies = [answer.headers['set-cookie'] ?? []].flat().filter((cookie) => !isSession(cookie));
  const { 'set-cookie': _, ...headers } = answer.headers;
  return { ...answer, headers: cookies.length === 0 ? headers : { ...headers, 'set-cookie': cookies } };
}

const isSession = (cookie: string) => new RegExp(`^\\s*${SESSION_COOKIE}(?:\\.sig)?=`).test(cookie);

function withoutSession(request: OAuthRequest): OAuthRequest {
  const { cookie, ...headers } = request.headers;
  const kept = (cookie ?? '').split(';').filter((one) => one.trim() !== '' && !isSession(one));
  return { ...request, headers: kept.length === 0 ? headers : { ...headers, cookie: kept.join(';') } };
}

function given(headers: OAuthRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}
