import { createServer as createTlsServer, type Server } from 'node:https';
import type { FastifyInstance } from 'fastify';
import { LIMITS } from '#kernel';
import type { Config } from './config.ts';

/** The plain listener and, on a loopback address, a second one with TLS that serves the same routes (did:web means https). */
export async function listen(
  app: FastifyInstance,
  config: Config,
  certificate: { key: string; cert: string } | undefined,
): Promise<{ close(): Promise<void> }> {
  await app.listen({ host: config.host, port: config.port });
  const tls = certificate ? await listenTls(app, config, certificate) : undefined;
  return {
    async close() {
      // Whatever still has not ended by then is cut.
      const patience = setTimeout(() => app.server.closeAllConnections(), LIMITS.closeMs);
      tls?.close();
      tls?.closeIdleConnections();
      await app.close();
      clearTimeout(patience);
      tls?.closeAllConnections();
    },
  };
}

async function listenTls(
  app: FastifyInstance,
  config: Config,
  certificate: { key: string; cert: string },
): Promise<Server> {
  const server = createTlsServer(
    {
      ...certificate,
      maxHeaderSize: LIMITS.headerBytes,
      headersTimeout: LIMITS.headersTimeout,
      requestTimeout: LIMITS.requestTimeout,
    },
    (request, response) => app.routing(request, response),
  );
  await new Promise<void>((done, reject) => {
    server.once('error', reject);
    server.listen(config.tlsPort, config.host, done);
  });
  return server;
}
