import { type IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { OAuthAnswer, OAuthRequest } from './ports.ts';

type Callback = (req: IncomingMessage, res: ServerResponse) => unknown;

/**
 * One request to the library without a socket. It is told the public address and nothing else of where it stands, so no
 * `Host` or `X-Forwarded-*` of a stranger gets into what it says; and what it answers passes the same hooks as all answers.
 */
export function callProvider(callback: Callback, publicUrl: string, request: OAuthRequest): Promise<OAuthAnswer> {
  const { protocol, host } = new URL(publicUrl);
  const body = Buffer.from(request.form?.toString() ?? (request.json ? JSON.stringify(request.json) : ''));
  const type = request.form ? 'application/x-www-form-urlencoded' : request.json ? 'application/json' : undefined;
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
      ...(type ? { 'content-type': type, 'content-length': String(body.length) } : {}),
    },
    socket: {},
  }) as unknown as IncomingMessage;
  return new Promise((resolve, reject) => {
    const response = new ServerResponse(incoming);
    const chunks: Buffer[] = [];
    const keep = (chunk: unknown, encoding: unknown) => {
      if (typeof chunk === 'string')
        chunks.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as 'utf8') : 'utf8'));
      else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    };
    Object.assign(response, {
      write(chunk: unknown, encoding: unknown) {
        keep(chunk, encoding);
        return true;
      },
      end(chunk: unknown, encoding: unknown) {
        keep(chunk, encoding);
        resolve({
          status: response.statusCode,
          headers: response.getHeaders() as OAuthAnswer['headers'],
          body: Buffer.concat(chunks),
        });
        return response;
      },
    });
    Promise.resolve(callback(incoming, response)).catch(reject);
  });
}

function given(headers: OAuthRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}
