import type { FastifyInstance } from 'fastify';
import type { ApiDeps } from '../deps.ts';
import { operationOf } from './operation.ts';

/** Counts and times what is answered, by the name of the operation; an address that is nobody's has none. */
export function registerWatching(app: FastifyInstance, { metrics, stopping }: Pick<ApiDeps, 'metrics' | 'stopping'>) {
  let inFlight = 0;
  metrics.read('tatak_http_requests_in_flight', () => inFlight);
  app.addHook('onRequest', (_request, reply, done) => {
    inFlight++;
    // The next request goes to another replica: by a new connection.
    if (stopping?.()) reply.header('connection', 'close');
    done();
  });
  // Of a request whose client went away as well.
  app.addHook('onResponse', (request, reply, done) => {
    inFlight--;
    const operation = operationOf(request) ?? 'none';
    metrics.count('tatak_http_requests_total', operation, `${Math.floor(reply.statusCode / 100)}xx`);
    metrics.observe('tatak_http_request_seconds', reply.elapsedTime / 1_000, operation);
    done();
  });
}
