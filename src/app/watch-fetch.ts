import { Problem } from '#kernel';
import type { GuardedFetch } from '#net';
import type { Counters, Tracer } from '#observability';
import { withTrace } from './traces.ts';

/** The same client, counted: by how it ended, and how many are under way. No address is told. */
export function watchFetch(
  fetch: GuardedFetch,
  counters: Counters,
  tracer?: Tracer,
): { fetch: GuardedFetch; underWay: () => number } {
  const traced: GuardedFetch = (url, options) =>
    tracer ? tracer.part('fetch', {}, () => fetch(url, withTrace(tracer, options))) : fetch(url, options);
  let underWay = 0;
  return {
    underWay: () => underWay,
    async fetch(url, options) {
      underWay++;
      try {
        const document = await traced(url, options);
        counters.count('tatak_fetches_total', 'ok');
        return document;
      } catch (error) {
        counters.count('tatak_fetches_total', outcomeOf(error));
        throw error;
      } finally {
        underWay--;
      }
    },
  };
}

function outcomeOf(error: unknown): string {
  if (!(error instanceof Problem)) return 'fault';
  return error.kind === 'fetch-failed' ? String(error.extensions.code ?? error.kind) : error.kind;
}
