import type { Socket } from 'node:net';
import { LIMITS, Problem } from '#kernel';
import { type AddressPolicy, publicAddressesOnly } from './address-policy.ts';
import { failed, type OnConnect, openSocket, type Resolve, systemResolve } from './connect.ts';
import { createGate } from './gate.ts';
import { request } from './http.ts';
import { isLoopbackHost, refused, type Target, target } from './target.ts';

export interface GuardedPostOptions {
  /** Default: the public internet only. */
  policy?: AddressPolicy;
  /** Addresses of this machine may be sent to as well, on any port and without TLS: for development. */
  loopback: boolean;
  resolve?: Resolve;
  onConnect?: OnConnect;
  /** Milliseconds until the head of an answer. */
  timeoutMs: number;
  /** To one host at the same time. */
  parallel: number;
}

/** What became of it. Whatever the answer says is not read: it is of no use, and could be anything. */
export interface PostAnswer {
  /** Of the first answer: a redirect is not followed. */
  status: number;
  /** `Retry-After` as it was sent (RFC 9110, 10.2.3). */
  retryAfter?: string;
}

/**
 * Sends a text by POST to an address that somebody else chose, under the rules of `GuardedFetch`: https on port 443, every
 * address of the host public, and that of the socket again.
 */
export interface GuardedPost {
  /**
   * @throws Problem `fetch-refused` when the address may not be reached; `fetch-failed` when no answer came, with
   *   `extensions.code` one of `timeout`, `tls`, `dns`, `connect`
   */
  send(url: string, text: string, headers: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<PostAnswer>;
  /** Whether an address could be sent to, by its spelling alone. @throws Problem `fetch-refused` */
  assertAllowed(url: string): void;
}

/** @throws TypeError when the guard would be missing */
export function createGuardedPost(options: GuardedPostOptions): GuardedPost {
  const { loopback, timeoutMs, onConnect, resolve = systemResolve } = options;
  const policy = 'policy' in options ? options.policy : publicAddressesOnly;
  if (typeof policy !== 'function') throw new TypeError('an address policy is required');
  const gate = createGate(options.parallel);

  function targetOf(text: string): Target {
    const url = URL.parse(text);
    const own = loopback && url && /^https?:$/.test(url.protocol) && isLoopbackHost(url.hostname);
    return target(text, policy!, own ? [{ origin: url.origin }] : []);
  }

  return {
    assertAllowed: (url) => void targetOf(url),

    async send(url, text, headers, closing) {
      const to = targetOf(url);
      const late = AbortSignal.timeout(timeoutMs);
      const signal = closing ? AbortSignal.any([late, closing]) : late;
      const up = (cause: unknown) => failed('timeout', 'no answer in time', cause);
      try {
        return await gate(to.url.host, signal, async () => {
          const socket = await openSocket(to, { resolve, signal, onConnect });
          try {
            return await post(to, socket, { text, headers, signal });
          } finally {
            socket.destroy();
          }
        });
      } catch (error) {
        if (signal.aborted) throw up(error);
        throw error instanceof Problem ? error : failed('connect', 'the connection broke', error);
      }
    },
  };
}

function post(
  to: Target,
  socket: Socket,
  { text, headers, signal }: { text: string; headers: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<PostAnswer> {
  const body = Buffer.from(text);
  return new Promise((done, reject) => {
    const outgoing = request({
      // With its own connection the request uses no agent, so no pool can hand it another socket.
      createConnection: () => socket,
      method: 'POST',
      path: to.url.pathname + to.url.search,
      headers: {
        ...{ host: to.url.host, 'user-agent': 'tatak', connection: 'close', 'accept-encoding': 'identity' },
        ...{ 'content-type': 'application/json', 'content-length': String(body.byteLength) },
        ...headers,
      },
      maxHeaderSize: LIMITS.headerBytes,
      signal,
    });
    outgoing.once('response', (answer) => {
      const { 'retry-after': retryAfter } = answer.headers;
      answer.destroy();
      done({ status: answer.statusCode ?? 0, ...(retryAfter === undefined ? {} : { retryAfter }) });
    });
    outgoing.once('upgrade', () => reject(refused('the server changed the protocol')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
