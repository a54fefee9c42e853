import { type ApiKeyView, actingTenant, actorOf, type Role } from '#auth';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

export function manageApiKeys(deps: ApiDeps): Handlers<'createApiKey' | 'listApiKeys' | 'revokeApiKey'> {
  return {
    async createApiKey(request, reply) {
      const { institution, ...rest } = request.body as {
        institution: string;
        role: Role;
        label: string;
        person?: string;
        expiresAt?: string;
      };
      const made = await deps.apiKeys.create({ tenant: institution, ...rest, actor: actorOf(principalOf(request)) });
      reply.code(201).header('cache-control', 'no-store');
      return { key: show(made.record), secret: made.secret };
    },

    async listApiKeys(request, reply) {
      const { institution } = request.query as { institution?: string };
      const principal = principalOf(request);
      const everything = principal.role === 'operator' && institution === undefined;
      const tenant = everything ? undefined : actingTenant(principal, institution);
      return sendPage(request, reply, await deps.apiKeys.list(tenant, pageOf(request)), show, deps.publicUrl);
    },

    async revokeApiKey(request) {
      const { keyId } = request.params as { keyId: string };
      return show(await deps.apiKeys.revoke({ keyId, actor: actorOf(principalOf(request)) }));
    },
  };
}

function show({ tenant, ...key }: ApiKeyView) {
  return { institution: tenant, ...key };
}
