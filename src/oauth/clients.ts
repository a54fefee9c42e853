import type { JsonObject } from '#kernel';
import { OPENID_CREDENTIAL } from './authorization-details.ts';
import { PRE_AUTHORIZED } from './names.ts';
import type { OAuthReader } from './ports.ts';
import { isWalletId } from './wallets.ts';

/** Ids of systems begin so; no wallet's does. */
export const SYSTEM_CLIENT = /^tatak-system-[0-9a-hjkmnp-tv-z]{26}$/;

const PUBLIC = {
  token_endpoint_auth_method: 'none',
  application_type: 'native',
  authorization_details_types: [OPENID_CREDENTIAL],
};

/** A system of an institution; its secret is a digest here, see `compareClientSecret`. */
export async function systemClient(
  reader: Pick<OAuthReader, 'oauthClient'>,
  clientId: string,
): Promise<JsonObject | undefined> {
  const client = SYSTEM_CLIENT.test(clientId) ? await reader.oauthClient(clientId) : undefined;
  if (!client || client.revokedAt !== undefined) return undefined;
  return {
    client_id: clientId,
    client_secret: client.secretSha256,
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  };
}

/**
 * A name that a wallet gives itself, registered nowhere. Whoever has a pre-authorised code has all that it takes, so such
 * a client may redeem codes and give its tokens back, and nothing else: there is no address it could be sent to.
 */
export function unregisteredClient(clientId: string): JsonObject | undefined {
  if (!/^[\x21-\x7e]{1,512}$/.test(clientId) || SYSTEM_CLIENT.test(clientId) || isWalletId(clientId)) return undefined;
  return {
    client_id: clientId,
    ...PUBLIC,
    grant_types: [PRE_AUTHORIZED.grantType],
    response_types: [],
    redirect_uris: [],
  };
}
