import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#auth';
import { Problem, type Random } from '#kernel';
import type { Metrics } from '#observability';
import { addressKey } from './address-key.ts';
import { createLimiter } from './limiter.ts';

/** Requests a minute, of one process: with several replicas each counts for itself. */
export interface RateLimits {
  /** Of one address (IPv6: one /64), whatever it asks. */
  address: number;
  /** Of one API key or account. */
  key: number;
  /** Of all keys and accounts of one institution. */
  tenant: number;
  /** Verifications, evaluations and proofs of the log: for one address, */
  expensive: number;
  /** and for one institution, where an institution asks. */
  expensiveTenant: number;
  /** Of one address: wrong codes, tokens and secrets. */
  guesses: number;
}

export const RATE_LIMITS: RateLimits = {
  address: 6_000,
  key: 6_000,
  tenant: 30_000,
  expensive: 120,
  expensiveTenant: 1_200,
  guesses: 60,
};

/** Requests that the service makes to itself carry this in place of an address; no socket can. */
export const OWN_ADDRESS = 'own-address';

/** Of the socket: a header may say anything. */
export const isOwnRequest = ({ raw }: FastifyRequest): boolean => raw.socket.remoteAddress === OWN_ADDRESS;

const WINDOW_MS = 60_000;

type Check = (request: FastifyRequest, reply: FastifyReply) => void;

export interface RateChecks {
  address: Check;
  /** The same counter, looked at without counting. */
  addressSoFar: Check;
  /** Of whoever is identified, and of the institution. */
  principal: Check;
  /** Of what a learner allowed one platform: counted as a key is. */
  platform: Check;
  expensive: Check;
  guessesSoFar: Check;
  countGuess(request: FastifyRequest): void;
}

export interface RateDeps {
  random: Random;
  metrics: Pick<Metrics, 'count'>;
  limits: Partial<RateLimits>;
  /** Milliseconds that never jump. */
  now?: () => number;
}

/** Counters of this process. @throws (each check) Problem `rate-limited`, with `Retry-After` in seconds */
export function createRateChecks({ random, metrics, limits, now = () => performance.now() }: RateDeps): RateChecks {
  const limiters = Object.fromEntries(
    Object.entries({ ...RATE_LIMITS, ...limits }).map(([name, max]) => {
      const seed = Buffer.from(random.bytes(16)).toString('base64url');
      return [name, createLimiter({ max, windowMs: WINDOW_MS, now, seed })];
    }),
  ) as Record<keyof RateLimits, ReturnType<typeof createLimiter>>;

  function check(name: keyof RateLimits, how: 'take' | 'look', request: FastifyRequest, reply: FastifyReply): void {
    if (isOwnRequest(request)) return;
    const limiter = limiters[name];
    const key = keyOf(name, request);
    const waitMs = limiter[how](key);
    // draft-ietf-httpapi-ratelimit-headers-10. Not on public answers: what a cache keeps says nothing about who reads it.
    if (request.principal || request.platform || waitMs !== undefined) {
      reply.header('ratelimit-policy', `"${name}";q=${limiter.max};w=${WINDOW_MS / 1_000}`);
      const reset = Math.ceil((waitMs ?? WINDOW_MS) / 1_000);
      reply.header('ratelimit', `"${name}";r=${waitMs === undefined ? limiter.left(key) : 0};t=${reset}`);
    }
    if (waitMs === undefined) return;
    metrics.count('tatak_rate_limited_total', name);
    reply.header('retry-after', String(Math.ceil(waitMs / 1_000)));
    throw new Problem('rate-limited', `more than ${limiter.max} requests a minute`);
  }

  return {
    address: (request, reply) => check('address', 'take', request, reply),
    addressSoFar: (request, reply) => check('address', 'look', request, reply),
    guessesSoFar: (request, reply) => check('guesses', 'look', request, reply),
    principal(request, reply) {
      check('tenant', 'take', request, reply);
      check('key', 'take', request, reply);
    },
    platform: (request, reply) => check('key', 'take', request, reply),
    expensive: (request, reply) => check(request.principal ? 'expensiveTenant' : 'expensive', 'take', request, reply),
    countGuess(request) {
      if (!isOwnRequest(request)) limiters.guesses.take(keyOf('guesses', request));
    },
  };
}

function keyOf(name: keyof RateLimits, { ip, principal, platform }: FastifyRequest): string {
  switch (name) {
    case 'key':
      if (platform) return `connection:${platform.connection.connectionId}`;
      return principal ? actorOf(principal) : '';
    case 'tenant':
    case 'expensiveTenant':
      return principal?.tenant ?? '';
    default:
      return addressKey(ip);
  }
}
