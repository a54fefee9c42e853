import type { errors as Errors, KoaContextWithOIDC } from 'oidc-provider';
import { OFFLINE_ACCESS } from './names.ts';
import { obScopesOf } from './platforms.ts';
import type { PlatformReader } from './ports.ts';

/**
 * OB 3.0, 7.1.2.1, where it asks for more than OAuth: `redirect_uri` and `state` are required, and nothing may be asked for
 * that was not registered.
 */
export async function checkPlatformRequest(
  ctx: KoaContextWithOIDC,
  issuerState: unknown,
  errors: typeof Errors,
  reader: Pick<PlatformReader, 'platform'>,
): Promise<void> {
  const { params, client } = ctx.oidc;
  const { state, scope, response_mode: mode = 'query' } = params as Record<string, unknown>;
  const sent = { ...ctx.query, ...(ctx.oidc.body as object | undefined) } as Record<string, unknown>;
  // With a pushed request they were checked where it was pushed.
  if (sent.request_uri === undefined && sent.redirect_uri === undefined) {
    throw new errors.InvalidRequest("missing required parameter(s) 'redirect_uri'");
  }
  if (typeof state !== 'string' || state === '') {
    throw new errors.InvalidRequest("missing required parameter(s) 'state'");
  }
  if (mode !== 'query') throw new errors.InvalidRequest('response_mode must be query');
  if (issuerState !== undefined) throw new errors.InvalidRequest('issuer_state is of wallets');
  const asked = String(scope ?? sent.scope ?? '').split(' ');
  const { metadata } = (await reader.platform(client!.clientId)) ?? {};
  const registered = metadata?.scope.split(' ') ?? [];
  const beyond = asked.find((one) => one !== OFFLINE_ACCESS && !registered.includes(one));
  if (obScopesOf(scope).length === 0 || beyond !== undefined) {
    throw new errors.InvalidScope('scope must be among what the platform registered', beyond ?? '');
  }
}
