import { actorOf } from '#auth';
import type { StatusPurpose } from '#credentials';
import type { ApiDeps } from '../deps.ts';
import { SIGNED } from '../http/documents.ts';
import { negotiate } from '../http/negotiate.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { splice } from '../http/splice.ts';

/** VCALM "Create Status List", "Get a Specific Status List". Lists are public at `/status/{id}` too, where entries point. */
export function vcApiStatusLists({
  plainCredentials,
  status,
  publicUrl,
}: Pick<ApiDeps, 'plainCredentials' | 'status' | 'publicUrl'>): Handlers<
  'vcApiCreateStatusList' | 'vcApiGetStatusList'
> {
  return {
    async vcApiCreateStatusList(request, reply) {
      const principal = principalOf(request);
      const { statusPurpose: purpose } = request.body as { statusPurpose: StatusPurpose };
      const { tenant } = principal;
      const { listId, text } = await plainCredentials.createStatusList({ tenant, purpose, actor: actorOf(principal) });
      reply.code(201).type('application/json').header('location', `${publicUrl}/vc-api/status-lists/${listId}`);
      return reply.send(splice({ id: `${publicUrl}/status/${listId}` }, 'verifiableCredential', text));
    },

    async vcApiGetStatusList(request, reply) {
      const { listId } = request.params as { listId: string };
      const body = await status.listCredential(listId);
      const type = negotiate(request.headers.accept, SIGNED);
      return publish(request, reply, { body, type, cache: 'key', negotiated: true });
    },
  };
}
