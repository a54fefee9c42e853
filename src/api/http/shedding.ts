import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel';
import type { Metrics } from '#observability';
import { isExpensive } from './expensive.ts';
import type { Operation } from './openapi.ts';
import { operationOf } from './operation.ts';
import { isOwnRequest } from './rate.ts';

export interface SheddingLimits {
  /** Expensive requests that are worked on here at once; those that wait for somebody else's server do not count. */
  working: number;
  /** Expensive requests at once, waiting or not. */
  expensive: number;
  /** Requests at once that are neither cheap nor expensive. */
  others: number;
  /** Milliseconds that this thread is late before expensive requests are refused, */
  lateMs: number;
  /** and before the others are; */
  veryLateMs: number;
  /** unless fewer than these are being worked on. */
  few: number;
}

export const SHEDDING: SheddingLimits = {
  working: 32,
  expensive: 512,
  others: 1_024,
  lateMs: 250,
  veryLateMs: 1_000,
  few: 8,
};

export interface SheddingDeps {
  operations: ReadonlyMap<string, Operation>;
  metrics: Pick<Metrics, 'count'>;
  lateMs: () => number;
  /** Addresses of others that are being fetched at this moment. */
  fetching: () => number;
  limits: Partial<SheddingLimits>;
}

/** Seconds. Less work than this waits here, or it would not be refused. */
const RETRY_AFTER = '2';

type Weight = 'cheap' | 'expensive' | 'others';

/**
 * When there is more to do than can be done, refuses the dearest first and at once: a refusal costs a hundredth of a
 * verification, so that what is taken in is finished in time. What tells whether the service lives, and public documents, are
 * always answered.
 */
export function registerShedding(app: FastifyInstance, deps: SheddingDeps): void {
  const { metrics, lateMs, fetching } = deps;
  const limits = { ...SHEDDING, ...deps.limits };
  const running = { cheap: 0, expensive: 0, others: 0 };
  const taken = new WeakMap<FastifyRequest, Weight>();

  /** What is scarce, or undefined. */
  function scarce(weight: Weight): 'event-loop' | 'work' | undefined {
    if (weight === 'cheap') return undefined;
    // A thread that is late with next to nothing to do was busy once, with something else.
    const late = running.expensive + running.others >= limits.few ? lateMs() : 0;
    if (weight === 'others') {
      if (running.others >= limits.others) return 'work';
      return late > limits.veryLateMs ? 'event-loop' : undefined;
    }
    const working = running.expensive - fetching();
    if (working >= limits.working || running.expensive >= limits.expensive) return 'work';
    return late > limits.lateMs ? 'event-loop' : undefined;
  }

  app.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    // What the service asks itself is part of a request that was taken in.
    if (isOwnRequest(request)) return done();
    const weight = weightOf(request, deps.operations);
    const reason = scarce(weight);
    if (reason) {
      metrics.count('tatak_shed_total', reason);
      reply.header('retry-after', RETRY_AFTER);
      throw new Problem(
        'unavailable',
        'there is more to do than can be done at the moment: ask again in a few seconds',
      );
    }
    running[weight]++;
    taken.set(request, weight);
    done();
  });
  app.addHook('onResponse', (request, _reply, done) => {
    const weight = taken.get(request);
    if (weight !== undefined) running[weight]--;
    done();
  });
}

function weightOf(request: FastifyRequest, operations: ReadonlyMap<string, Operation>): Weight {
  const operation = operations.get(operationOf(request) ?? '');
  if (!operation) return 'cheap';
  if (isExpensive(request, operation.operationId)) return 'expensive';
  return operation.method === 'GET' && !operation.secured
    ? 'cheap'
    : ALWAYS.has(operation.operationId)
      ? 'cheap'
      : 'others';
}

/** Who looks after the service has to see what it is busy with. */
const ALWAYS = new Set(['getMetrics']);
