import { Problem } from '#kernel';
import type { GuardedFetch } from '#net';
import type { Counters } from '#observability';

/** The same client, counted: by how it ended, and how many are under way. No address is told. */
export function watchFetch(fetch: GuardedFetch, counters: Counters): { fetch: GuardedFetch; underWay: () => number } {
  let underWay = 0;
  return {
    underWay: () => underWay,
    async fetch(url, options) {
      underWay++;
      try {
        const document = await fetch(url, options);
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
