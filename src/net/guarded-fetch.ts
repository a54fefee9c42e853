import { type Clock, formatInstant, LIMITS, Problem } from '#kernel';
import { type AddressPolicy, publicAddressesOnly } from './address-policy.ts';
import { failed, type OnConnect, openSocket, type Resolve, systemResolve } from './connect.ts';
import { type Answer, exchange } from './exchange.ts';
import { createFailures } from './failures.ts';
import { createGate } from './gate.ts';
import type { FetchedDocument, FetchOptions, GuardedFetch } from './ports.ts';
import { isLoopbackHost, type LoopbackOrigin, refused, type Target, target } from './target.ts';

export interface GuardedFetchOptions {
  clock: Clock;
  /** Default: the public internet only. */
  policy?: AddressPolicy;
  /** Answers addresses under the service's own public address without a socket; undefined = not ours. */
  local?: (url: string, accept: string) => Promise<FetchedDocument | undefined>;
  /** Own TLS and plain origins of this machine; filled only when the public address itself is loopback. */
  loopbackOrigins?: readonly LoopbackOrigin[];
  resolve?: Resolve;
  onConnect?: OnConnect;
  /** Milliseconds for one address with its redirects and body. */
  timeoutMs?: number;
  /** Milliseconds in which an address that gave no answer is not asked again. */
  negativeCacheMs?: number;
}

const NEGATIVE_CACHE_MS = 5_000;

/** @throws TypeError when the guard would be missing: without it nothing may be fetched at all */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const { clock, local, loopbackOrigins = [], timeoutMs = LIMITS.fetchMs, onConnect } = options;
  const policy = 'policy' in options ? options.policy : publicAddressesOnly;
  const resolve = options.resolve ?? systemResolve;
  if (typeof policy !== 'function') throw new TypeError('an address policy is required');
  for (const { origin } of loopbackOrigins) assertLoopback(origin);
  const gate = createGate(LIMITS.verifyParallelFetches);
  const failures = createFailures(clock, options.negativeCacheMs ?? NEGATIVE_CACHE_MS);

  async function fetchOnce(to: Target, fetchOptions: FetchOptions, time: Time): Promise<Answer> {
    const { signal } = time;
    // Until it is connected a failure is the host's; after that, only this address's: nobody can make a slow page of an
    // honest host keep the rest of it out.
    let blame = to.url.origin;
    try {
      const socket = await openSocket(to, { resolve, signal, onConnect });
      blame = to.url.href;
      try {
        return await exchange(to, socket, fetchOptions, signal);
      } finally {
        socket.destroy();
      }
    } catch (error) {
      if (error instanceof Problem && !signal.aborted) {
        if (UNANSWERED.has(String(error.extensions.code))) failures.remember(blame, error);
        throw error;
      }
      const problem = signal.aborted ? time.up(error) : failed('connect', 'the connection broke', error);
      if (problem.extensions.code !== 'budget') failures.remember(blame, problem);
      throw problem;
    }
  }

  return async (address, fetchOptions) => {
    let text = address;
    let from: Target | undefined;
    let time: Time | undefined;
    for (let redirects = 0; redirects <= LIMITS.fetchRedirects; redirects++) {
      const own = fetchOptions.form || fetchOptions.call ? undefined : await local?.(text, fetchOptions.accept);
      if (own) return own;
      const to = target(text, policy, loopbackOrigins);
      if (from?.secure && !to.secure) throw refused('a redirect from https to something weaker');
      failures.check(to.url.origin, to.url.href);
      time ??= startTime(fetchOptions.timeoutMs ?? timeoutMs, fetchOptions);
      const { signal } = time;
      const answer = await gate(to.url.host, signal, () => fetchOnce(to, fetchOptions, time!)).catch((error) => {
        throw error instanceof Problem ? error : time!.up(error);
      });
      if (!('location' in answer)) return { ...answer.document, fetchedAt: formatInstant(clock.now()) };
      if (fetchOptions.form) throw refused('a form is not sent on to another address');
      if (fetchOptions.call) throw failed('redirect', 'the answer is a redirect, which is not followed here');
      const next = URL.parse(answer.location, to.url.href);
      if (!next) throw failed('redirect', 'a redirect to nowhere');
      text = next.href;
      from = to;
    }
    throw failed('redirect', 'too many redirects');
  };
}

/** Codes after which asking again at once would end the same way. `budget` is the asker's own trouble. */
const UNANSWERED = new Set(['dns', 'connect', 'tls', 'timeout']);

interface Time {
  signal: AbortSignal;
  /** What to throw when the signal fired. */
  up(cause: unknown): Problem;
}

/** One wall for the address with its redirects and body; a verification that has less left makes it shorter. */
function startTime(timeoutMs: number, { budget, signal }: FetchOptions): Time {
  if (budget && !budget.take()) throw failed('budget', 'the fetch budget is used up');
  const left = budget?.remainingMs() ?? timeoutMs;
  const code = left < timeoutMs ? 'budget' : 'timeout';
  const late = AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(timeoutMs, left))));
  return {
    signal: signal ? AbortSignal.any([late, signal]) : late,
    up: (cause) => failed(code, 'no complete answer in time', cause),
  };
}

function assertLoopback(origin: string): void {
  const url = URL.parse(origin);
  if (!url || !isLoopbackHost(url.hostname) || url.origin !== origin)
    throw new TypeError(`not an origin of this machine: ${origin}`);
}
