import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';

export function publicMetrics({ metrics }: Pick<ApiDeps, 'metrics'>): Handlers<'getMetrics'> {
  return {
    async getMetrics(_, reply) {
      reply.type('text/plain; version=0.0.4; charset=utf-8').header('cache-control', 'no-store');
      return reply.send(await metrics.text());
    },
  };
}
