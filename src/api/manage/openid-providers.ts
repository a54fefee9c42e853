import { actingTenant } from '#auth';
import { OPENID_CALLBACK, type OpenIdProviderRecord } from '#people';
import type { ApiDeps } from '../deps.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { officer } from './accounts.ts';

export function manageOpenIdProviders(
  deps: ApiDeps,
): Handlers<'setOpenIdProvider' | 'readOpenIdProvider' | 'removeOpenIdProvider'> {
  const { openId } = deps.people;
  const chosen = (request: Parameters<typeof principalOf>[0]) =>
    actingTenant(principalOf(request), (request.params as { slug: string }).slug);
  const show = ({ issuer, clientId, setAt }: OpenIdProviderRecord) => {
    return { issuer, clientId, setAt, redirectUri: `${deps.publicUrl}${OPENID_CALLBACK}` };
  };
  return {
    async setOpenIdProvider(request) {
      const { issuer, clientId } = request.body as { issuer: string; clientId: string };
      return show(await openId.set({ tenant: chosen(request), issuer, clientId }, officer(principalOf(request))));
    },
    async readOpenIdProvider(request) {
      return show(await openId.get(chosen(request)));
    },
    async removeOpenIdProvider(request, reply) {
      await openId.remove(chosen(request), officer(principalOf(request)));
      return reply.code(204).send();
    },
  };
}
