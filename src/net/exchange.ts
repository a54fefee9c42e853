import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { LIMITS } from '#kernel';
import { failed } from './connect.ts';
import { request } from './http.ts';
import type { FetchedDocument, FetchOptions } from './ports.ts';
import type { Target } from './target.ts';

/** One answer: a document, or the address it was moved to. */
export type Answer = { document: Omit<FetchedDocument, 'fetchedAt'> } | { location: string };

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** One GET, or the POST of a form, on a socket that was opened for it and is closed afterwards by the caller. */
export async function exchange(
  to: Target,
  socket: Socket,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Answer> {
  const response = await send(to, socket, options, signal);
  const status = response.statusCode ?? 0;
  const { location } = response.headers;
  if (REDIRECTS.has(status) && location) return { location };
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw failed('encoding', 'a compressed answer was not asked for');
  const bytes = await body(response, options.maxBytes ?? LIMITS.fetchBytes);
  const contentType = (response.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const { link, 'retry-after': retryAfter } = options.call ? response.headers : {};
  const document = { url: to.url.href, status, contentType, bytes };
  return {
    document: {
      ...document,
      ...(link === undefined ? {} : { link: String(link) }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    },
  };
}

function send(to: Target, socket: Socket, options: FetchOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const { accept, form, call } = options;
  const text = form?.text ?? call?.body;
  const body = text === undefined ? undefined : Buffer.from(text);
  const sent = {
    ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(form?.authorization !== undefined && { authorization: form.authorization }),
    ...call?.headers,
    ...(body && { 'content-length': String(body.byteLength) }),
  };
  const usual = {
    host: to.url.host,
    accept,
    'accept-encoding': 'identity',
    'user-agent': 'tatak',
    connection: 'close',
    ...(options.traceparent === undefined ? {} : { traceparent: options.traceparent }),
  };
  return new Promise((done, reject) => {
    const outgoing = request({
      // With its own connection the request uses no agent, so no pool can hand it another socket.
      createConnection: () => socket,
      method: call?.method ?? (form ? 'POST' : 'GET'),
      path: to.url.pathname + to.url.search,
      headers: { ...usual, ...sent },
      maxHeaderSize: LIMITS.headerBytes,
      signal,
    });
    outgoing.once('response', done);
    outgoing.once('upgrade', () => reject(failed('connect', 'the server changed the protocol')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function body(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => failed('too-large', `the answer is larger than ${maxBytes} bytes`);
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
