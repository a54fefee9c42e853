import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '#auth';

/** One thing that the authorisation server keeps: its kind is the library's model name. */
export interface OAuthRecord {
  model: string;
  /** SHA-256 of the id: ids are the secrets. */
  idSha256: string;
  grantSha256?: string;
  uidSha256?: string;
  userCodeSha256?: string;
  /** JSON text; holds no id in clear. */
  payload: string;
  expiresAt?: string;
  consumedAt?: string;
}

export interface OAuthReader {
  oauthRecord(model: string, idSha256: string): Promise<OAuthRecord | undefined>;
  oauthRecordByUid(model: string, uidSha256: string): Promise<OAuthRecord | undefined>;
}

export type OAuthWrite =
  | { op: 'oauth.upsert'; row: OAuthRecord }
  /** Fails with `UniqueViolation('oauth.consumed')` when it was consumed before, is gone or over: one wins. */
  | { op: 'oauth.consume'; model: string; idSha256: string; at: string }
  | { op: 'oauth.remove'; model: string; idSha256: string }
  | { op: 'oauth.revokeGrant'; grantSha256: string }
  | { op: 'oauth.sweep'; at: string };

/** What a wallet's access token allows: this offer, at this credential issuer, and nothing else. */
export interface WalletToken {
  tenant: string;
  offerId: string;
  clientId?: string;
  grant: 'pre-authorized_code' | 'authorization_code';
  /** Given with the token when the wallet sent `authorization_details`; then requests name one of them. */
  credentialIdentifiers?: string[];
  /** Digest of the token, to tie later calls of the same wallet to it. */
  tokenSha256: string;
}

export interface OAuth {
  /** The authorisation server itself; made at the first call. `req.body` may hold a form that was parsed. */
  handle(req: IncomingMessage & { body?: unknown }, res: ServerResponse): Promise<void>;
  /** Single use, good for ten minutes, bound to the offer and to the credential issuer as resource and audience. */
  createPreAuthorizedCode(of: { tenant: string; offerId: string; needsTxCode: boolean }): Promise<string>;
  /** Of `Authorization: Bearer`; undefined for anything that is not in force for exactly this credential issuer. */
  walletToken(authorization: string | undefined, credentialIssuer: string): Promise<WalletToken | undefined>;
  /** A system of an institution by client credentials; undefined for any other token. */
  systemPrincipal(authorization: string | undefined): Promise<Principal | undefined>;
}

/** The id of an institution as credential issuer: `HOST/institutions/SLUG`. */
export const credentialIssuerOf = (publicUrl: string, tenant: string): string => `${publicUrl}/institutions/${tenant}`;
