import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Trace, Tracer } from '#observability';
import { operationOf } from './operation.ts';
import { addressList } from './request-id.ts';

/**
 * A span for each request: the name of its operation, its status and its id, and nothing that it brought. A trace is
 * continued for a proxy of ours only; what others send would only mix their traces into ours.
 */
export function registerTracing(app: FastifyInstance, tracer: Pick<Tracer, 'begin'>, proxies: readonly string[]): void {
  const isProxy = addressList(proxies);
  const traces = new WeakMap<FastifyRequest, Trace>();
  app.addHook('onRequest', (request, _reply, done) => {
    const { traceparent } = request.headers;
    const known = typeof traceparent === 'string' && isProxy(request.raw.socket.remoteAddress);
    const mine = tracer.begin(known ? traceparent : undefined);
    traces.set(request, mine);
    mine.enter(done);
  });
  // Whoever has read a body comes from the socket, which is in no trace.
  app.addHook('preValidation', (request, _reply, done) => {
    const mine = traces.get(request);
    if (mine) mine.enter(done);
    else done();
  });
  app.addHook('onResponse', async (request, { statusCode }) => {
    const attributes = { 'http.response.status_code': statusCode, 'tatak.request_id': request.id };
    traces.get(request)?.end(operationOf(request) ?? 'none', attributes, statusCode >= 500);
  });
}
