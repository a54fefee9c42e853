import { problemOf } from './answer.ts';
import type { Operation } from './operation.ts';
import type { Asked } from './request.ts';

export interface Sending {
  /** Default the platform's. */
  fetch: typeof globalThis.fetch;
  /** Most attempts of one call; default 4. */
  attempts: number;
  /** Milliseconds of the longest wait that is kept; a service that asks for more is not waited for. Default 30,000. */
  maxWaitMs: number;
  /** Waits so many milliseconds; rejects when the signal aborts. */
  wait: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** RFC 9110 9.2.2. */
const REPEATABLE: readonly Operation['method'][] = ['GET', 'PUT', 'DELETE'];

type Send = (asked: Asked, operation: Operation, signal?: AbortSignal) => Promise<Response>;

/**
 * Sends, and sends again what the service asks to have later: 429 always, since it was not done; 503 and a broken connection only
 * where the same request twice is done once.
 */
export function createSender(options: Partial<Sending>): Send {
  const { attempts = 4, maxWaitMs = 30_000, wait = pause } = options;
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);

  return async (asked, operation, signal) => {
    const repeatable = operation.idempotent === true || REPEATABLE.includes(operation.method);
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= attempts;
      const { url, ...init } = asked;
      let response: Response;
      try {
        response = await fetch(url, { ...init, credentials: 'omit', ...(signal ? { signal } : {}) });
      } catch (error) {
        if (last || !repeatable || signal?.aborted) throw error;
        await wait(Math.min(maxWaitMs, 500 * 2 ** (attempt - 1)), signal);
        continue;
      }
      if (response.ok) return response;
      const problem = await problemOf(response);
      const later = response.status === 429 || (response.status === 503 && repeatable);
      const ms = problem.retryAfter === undefined ? 1_000 * 2 ** (attempt - 1) : problem.retryAfter * 1_000;
      if (last || !later || ms > maxWaitMs) throw problem;
      await wait(ms, signal);
    }
  };
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    signal?.addEventListener('abort', stop, { once: true });
  });
}
