import type { FastifyInstance } from 'fastify';
import { Problem } from '#kernel';
import type { Operation } from './openapi.ts';
import { operationOf } from './operation.ts';

/** Where tokens are handed out or taken, or addresses of this service are told. */
const PLACES = ['/oauth/', '/.well-known/', '/ims/'];
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Where an answer says where this service is, or hands out tokens, the service must have been meant: under another name
 * somebody else stands between. (What is said there never follows the name; a cache in between may.)
 * On a loopback address every name of this machine will do.
 * @throws Problem `misdirected-request`
 */
export function registerHost(
  app: FastifyInstance,
  publicUrl: string,
  operations: ReadonlyMap<string, Operation>,
): void {
  const own = new URL(publicUrl);
  app.addHook('onRequest', (request, _reply, done) => {
    const path = operations.get(operationOf(request) ?? '')?.path ?? '';
    if (!PLACES.some((place) => path.startsWith(place))) return done();
    const named = URL.parse(`${own.protocol}//${request.host}`);
    if (named?.host === own.host) return done();
    if (named && LOOPBACK.test(own.hostname) && LOOPBACK.test(named.hostname)) return done();
    throw new Problem('misdirected-request', 'this service has another name');
  });
}
