import { actingTenant, actorOf } from '#auth';
import type { OAuthClientView, SystemRole } from '#oauth';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

type Operation = 'createOAuthClient' | 'listOAuthClients' | 'revokeOAuthClient';

export function manageOAuthClients(deps: Pick<ApiDeps, 'oauthClients' | 'publicUrl'>): Handlers<Operation> {
  return {
    async createOAuthClient(request, reply) {
      const { institution, role, label } = request.body as { institution: string; role: SystemRole; label: string };
      const actor = actorOf(principalOf(request));
      const made = await deps.oauthClients.create({ tenant: institution, role, label, actor });
      reply.code(201).header('cache-control', 'no-store');
      return { client: show(made.client), secret: made.secret };
    },

    async listOAuthClients(request, reply) {
      const { institution } = request.query as { institution?: string };
      const principal = principalOf(request);
      const everything = principal.role === 'operator' && institution === undefined;
      const tenant = everything ? undefined : actingTenant(principal, institution);
      return sendPage(request, reply, await deps.oauthClients.list(tenant, pageOf(request)), show, deps.publicUrl);
    },

    async revokeOAuthClient(request) {
      const { clientId } = request.params as { clientId: string };
      return show(await deps.oauthClients.revoke({ clientId, actor: actorOf(principalOf(request)) }));
    },
  };
}

function show({ tenant, ...client }: OAuthClientView) {
  return { institution: tenant, ...client };
}
