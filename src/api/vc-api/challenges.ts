import type { ApiDeps } from '../deps.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

/** VCALM "Create Challenge". */
export function vcApiChallenges({ challenges }: Pick<ApiDeps, 'challenges'>): Handlers<'vcApiCreateChallenge'> {
  return {
    async vcApiCreateChallenge(request, reply) {
      const { challenge } = await challenges.create(principalOf(request).tenant);
      reply.header('cache-control', 'no-store');
      return { challenge };
    },
  };
}
