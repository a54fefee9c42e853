import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance } from 'fastify';
import { OWN_ADDRESS } from '#api';
import { type Clock, formatInstant, Problem } from '#kernel';
import type { FetchedDocument } from '#net';

/** Set while this service answers itself. */
const answering = new AsyncLocalStorage<true>();

/**
 * Answers addresses under the service's own public address by the same code that answers everyone, without a socket:
 * a service that fetched itself over the network would wait for itself under load. What it asks itself may look at other
 * addresses, but not ask itself again: a page that names our verify page with its own address would have no end.
 */
export function ownOrigin(
  server: () => FastifyInstance | undefined,
  origins: readonly string[],
  clock: Clock,
): (url: string, accept: string) => Promise<FetchedDocument | undefined> {
  return async (url, accept) => {
    const app = server();
    const parsed = URL.parse(url);
    if (!app || !parsed || !origins.includes(parsed.origin) || parsed.username || parsed.password) return undefined;
    if (answering.getStore()) throw new Problem('fetch-refused', 'the address asks this service to ask itself');
    const answer = await answering.run(true, async () =>
      app.inject({
        method: 'GET',
        url: parsed.pathname + parsed.search,
        headers: { accept, host: parsed.host },
        remoteAddress: OWN_ADDRESS,
      }),
    );
    const contentType = String(answer.headers['content-type'] ?? '')
      .split(';')[0]!
      .trim()
      .toLowerCase();
    return {
      url,
      status: answer.statusCode,
      contentType,
      bytes: answer.rawPayload,
      fetchedAt: formatInstant(clock.now()),
    };
  };
}
