import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';

/** Seconds for which a checkpoint may be kept on the way. An older one is not wrong, only smaller. */
const CHECKPOINT_SECONDS = 10;

export function publicLog({
  log,
}: ApiDeps): Handlers<'getLogCheckpoint' | 'getLogKey' | 'getLogConsistency' | 'getLogCredential'> {
  return {
    async getLogCheckpoint(request, reply) {
      const latest = await log.latest();
      if (!latest) throw new Problem('not-found', 'there is no checkpoint yet');
      return publish(request, reply, {
        ...{ body: latest.note, type: 'text/plain', cache: 'fresh', maxAge: CHECKPOINT_SECONDS },
      });
    },

    async getLogKey(request, reply) {
      return publish(request, reply, {
        ...{ body: `${await log.verifierKey()}\n`, type: 'text/plain', cache: 'definition' },
      });
    },

    async getLogConsistency(request, reply) {
      const { from, to } = request.query as { from: string; to?: string };
      const answer = await log.consistency(Number(from), to === undefined ? undefined : Number(to));
      return publish(request, reply, { body: JSON.stringify(answer), type: 'application/json', cache: 'fresh' });
    },

    async getLogCredential(request, reply) {
      const { credentialId } = request.params as { credentialId: string };
      try {
        const receipt = await log.receipt('credential.issue', credentialId);
        return publish(request, reply, { body: JSON.stringify(receipt), type: 'application/json', cache: 'fresh' });
      } catch (error) {
        const retryAfter = error instanceof Problem ? error.extensions.retryAfter : undefined;
        if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
        throw error;
      }
    },
  };
}
