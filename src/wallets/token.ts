import { credentialIssuerOf, type WalletToken } from '#oauth';
import type { WalletsDeps } from './deps.ts';
import { WalletRefusal } from './refusal.ts';

/** @throws WalletRefusal `invalid_token` for anything but a token in force for exactly this credential issuer */
export async function tokenFor(
  authorization: string | undefined,
  tenant: string,
  { oauth, publicUrl }: Pick<WalletsDeps, 'oauth' | 'publicUrl'>,
): Promise<WalletToken> {
  if (authorization === undefined) {
    throw new WalletRefusal('invalid_token', 'send the access token: Authorization: Bearer ...', { noToken: true });
  }
  const token = await oauth.walletToken(authorization, credentialIssuerOf(publicUrl, tenant));
  if (token?.tenant === tenant) return token;
  throw new WalletRefusal('invalid_token', 'the access token is not in force for this credential issuer');
}
