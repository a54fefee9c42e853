import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#auth';
import { Problem } from '#kernel';

/** Requests a minute. */
export interface RateLimits {
  /** Of one address (IPv6: one /64), whatever it asks. */
  address: number;
  /** Of one API key. */
  key: number;
  /** Verifications, evaluations and proofs of the log for one address. */
  expensive: number;
  /** Of one address: wrong codes, tokens and secrets. */
  guesses: number;
}

export const RATE_LIMITS: RateLimits = { address: 6_000, key: 6_000, expensive: 120, guesses: 60 };

/** Requests that the service makes to itself carry this in place of an address; no socket can. */
export const OWN_ADDRESS = 'own-address';

type Check = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export interface RateChecks {
  address: Check;
  /** The same counter, looked at without counting. */
  addressSoFar: Check;
  key: Check;
  expensive: Check;
  guessesSoFar: Check;
  countGuess(request: FastifyRequest): Promise<void>;
}

/** Counters of this process. @throws (each check) Problem `rate-limited`, with `Retry-After` in seconds */
export async function registerRateLimits(app: FastifyInstance, limits: Partial<RateLimits>): Promise<RateChecks> {
  await app.register(rateLimit, { global: false });
  // Of the socket: a header may say anything.
  const allowList = ({ raw }: FastifyRequest) => raw.socket.remoteAddress === OWN_ADDRESS;
  const window = { timeWindow: 60_000, allowList };
  const max = { ...RATE_LIMITS, ...limits };
  const check = (limiter: ReturnType<FastifyInstance['createRateLimit']>, increment = true): Check => {
    return async (request, reply) => {
      const state = await limiter(request, { increment });
      if (state.isAllowed || !state.isExceeded) return;
      reply.header('retry-after', String(Math.max(1, state.ttlInSeconds)));
      throw new Problem('rate-limited', `more than ${state.max} requests a minute`);
    };
  };
  const address = app.createRateLimit({ ...window, max: max.address });
  const guesses = app.createRateLimit({ ...window, max: max.guesses });
  return {
    guessesSoFar: check(guesses, false),
    async countGuess(request) {
      await guesses(request);
    },
    address: check(address),
    addressSoFar: check(address, false),
    expensive: check(app.createRateLimit({ ...window, max: max.expensive })),
    key: check(
      app.createRateLimit({
        ...window,
        max: max.key,
        keyGenerator: ({ principal }) => (principal ? actorOf(principal) : ''),
      }),
    ),
  };
}
