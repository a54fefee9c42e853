import { type IncomingMessage, request } from 'node:http';
import { type Clock, formatInstant, LIMITS, Problem } from '#kernel';
import { type AddressPolicy, publicAddressesOnly } from './address-policy.ts';
import { failed, openSocket, type Resolve, systemResolve } from './connect.ts';
import { createGate } from './gate.ts';
import type { FetchedDocument, FetchOptions, GuardedFetch } from './ports.ts';
import { type LoopbackOrigin, refused, type Target, target } from './target.ts';

export interface GuardedFetchOptions {
  clock: Clock;
  /** Default: the public internet only. */
  policy?: AddressPolicy;
  /** Answers addresses under the service's own public address without a socket; undefined = not ours. */
  local?: (url: string, accept: string) => Promise<FetchedDocument | undefined>;
  /** Own TLS and plain origins of this machine; filled only when the public address itself is loopback. */
  loopbackOrigins?: readonly LoopbackOrigin[];
  resolve?: Resolve;
  /** Milliseconds for one address with its redirects and body. */
  timeoutMs?: number;
}

/** @throws TypeError when the guard would be missing: without it nothing may be fetched at all */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const { clock, local, loopbackOrigins = [], timeoutMs = LIMITS.fetchMs } = options;
  const policy = 'policy' in options ? options.policy : publicAddressesOnly;
  const resolve = options.resolve ?? systemResolve;
  if (typeof policy !== 'function') throw new TypeError('an address policy is required');
  for (const { origin } of loopbackOrigins) {
    const host = URL.parse(origin)?.hostname;
    if (host !== 'localhost' && host !== '127.0.0.1' && host !== '[::1]')
      throw new TypeError(`not loopback: ${origin}`);
  }
  const gate = createGate(LIMITS.verifyParallelFetches);

  return async (address, fetchOptions) => {
    const own = await local?.(address, fetchOptions.accept);
    if (own) return own;
    let to = target(address, policy, loopbackOrigins);
    if (fetchOptions.budget && !fetchOptions.budget.take()) throw failed('budget', 'the fetch budget is used up');
    const limit = Math.min(timeoutMs, fetchOptions.budget?.remainingMs() ?? timeoutMs);
    const timer = AbortSignal.timeout(Math.max(1, Math.ceil(limit)));
    for (let redirects = 0; ; redirects++) {
      const answer = await gate(to.url.host, () => fetchOnce(to, fetchOptions, timer, resolve));
      if (!answer.location) return { ...answer.document, fetchedAt: formatInstant(clock.now()) };
      if (redirects === LIMITS.fetchRedirects) throw failed('redirect', 'too many redirects');
      const next = URL.parse(answer.location, to.url.href);
      if (!next) throw failed('redirect', 'a redirect to nowhere');
      if (to.secure && next.protocol !== 'https:') throw refused('a redirect from https to something weaker');
      to = target(next.href, policy, loopbackOrigins);
    }
  };
}

type Answer = { document: Omit<FetchedDocument, 'fetchedAt'>; location?: string };

async function fetchOnce(to: Target, options: FetchOptions, signal: AbortSignal, resolve: Resolve): Promise<Answer> {
  try {
    const socket = await openSocket(to, resolve, signal);
    try {
      const response = await send(to, socket, options.accept, signal);
      const status = response.statusCode ?? 0;
      const location = status >= 300 && status < 400 ? response.headers.location : undefined;
      if (location)
        return { document: { url: to.url.href, status, contentType: '', bytes: new Uint8Array() }, location };
      const encoding = response.headers['content-encoding'] ?? 'identity';
      if (encoding !== 'identity') throw failed('encoding', 'a compressed answer was not asked for');
      const bytes = await body(response, options.maxBytes ?? LIMITS.fetchBytes);
      const contentType = (response.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
      return { document: { url: to.url.href, status, contentType, bytes } };
    } finally {
      socket.destroy();
    }
  } catch (error) {
    if (signal.aborted) throw failed('timeout', 'no complete answer in time', error);
    if (error instanceof Problem) throw error;
    throw failed('connect', 'the connection broke', error);
  }
}

function send(to: Target, socket: import('node:net').Socket, accept: string, signal: AbortSignal) {
  return new Promise<IncomingMessage>((done, reject) => {
    const outgoing = request({
      createConnection: () => socket,
      method: 'GET',
      path: to.url.pathname + to.url.search,
      headers: { host: to.url.host, accept, 'accept-encoding': 'identity', 'user-agent': 'tatak', connection: 'close' },
      maxHeaderSize: LIMITS.headerBytes,
      signal,
    });
    outgoing.once('response', done);
    outgoing.on('error', reject);
    outgoing.end();
  });
}

async function body(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw failed('too-large', `the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
