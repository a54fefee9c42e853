import { actorOf } from '#auth';
import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { textOf } from './issue.ts';

interface StatusRequest {
  credentialId: string;
  credentialStatus: { type: string; statusPurpose: string; statusListIndex?: string; statusListCredential?: string };
  status?: boolean;
}

/** VCALM "Get a Specific Credential", "Delete a Specific Credential", "Update Status". */
export function vcApiCredentials({
  plainCredentials,
}: Pick<ApiDeps, 'plainCredentials'>): Handlers<'vcApiGetCredential' | 'vcApiDeleteCredential' | 'vcApiChangeStatus'> {
  return {
    async vcApiGetCredential(request, reply) {
      const { localId } = request.params as { localId: string };
      const row = await plainCredentials.get(principalOf(request).tenant, localId);
      reply.type('application/json').header('cache-control', 'no-store');
      return reply.send(Buffer.from(textOf(row)));
    },

    async vcApiDeleteCredential(request, reply) {
      const principal = principalOf(request);
      const { localId } = request.params as { localId: string };
      await plainCredentials.remove({ tenant: principal.tenant, localId, actor: actorOf(principal) });
      return reply.code(202).send();
    },

    async vcApiChangeStatus(request, reply) {
      const principal = principalOf(request);
      const { credentialId, credentialStatus, status = true } = request.body as StatusRequest;
      const { tenant } = principal;
      await plainCredentials
        .changeStatus({ tenant, actor: actorOf(principal), credentialId, credentialStatus, status })
        .catch((error: unknown) => {
          if (!(error instanceof Problem) || error.kind !== 'conflict') throw error;
          throw new Problem('unavailable', error.message, { cause: error });
        });
      return reply.code(200).send();
    },
  };
}
