import type { FastifyInstance } from 'fastify';
import { OWN_ADDRESS } from '#api';
import { type Clock, formatInstant } from '#kernel';
import type { FetchedDocument } from '#net';

/**
 * Answers addresses under the service's own public address by the same code that answers everyone, without a socket:
 * a service that fetched itself over the network would wait for itself under load.
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
    const answer = await app.inject({
      method: 'GET',
      url: parsed.pathname + parsed.search,
      headers: { accept, host: parsed.host },
      remoteAddress: OWN_ADDRESS,
    });
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
