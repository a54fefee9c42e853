import type { Principal, Role } from '#auth';
import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';
import type { Interactions } from './interactions.ts';

/** One thing that the authorisation server keeps: its kind is the library's model name. */
export interface OAuthRecord {
  model: string;
  /** SHA-256 of the id: ids are the secrets. */
  idSha256: string;
  grantSha256?: string;
  uidSha256?: string;
  /** Sealed: says nothing to who has only the database. */
  payload: string;
  expiresAt: string;
  consumedAt?: string;
}

/** The key from which everything secret of the authorisation server is derived, wrapped as all keys are. */
export interface OAuthKeyRecord {
  keyId: string;
  publicKeyMultibase: string;
  wrappedPrivateKey: string;
  createdAt: string;
}

/** A system of an institution, by client credentials. The secret is shown once and only its SHA-256 kept. */
export interface OAuthClientRecord {
  tenant: string;
  /** Unique across tenants. */
  clientId: string;
  secretSha256: string;
  role: SystemRole;
  label: string;
  createdAt: string;
  revokedAt?: string;
}

/** Operators and approvers are persons. */
export type SystemRole = Exclude<Role, 'operator' | 'approver'>;

export interface OAuthReader {
  oauthRecord(model: string, idSha256: string): Promise<OAuthRecord | undefined>;
  oauthRecordByUid(model: string, uidSha256: string): Promise<OAuthRecord | undefined>;
  oauthKey(): Promise<OAuthKeyRecord | undefined>;
  /** By id alone: the tenant is what it tells us. */
  oauthClient(clientId: string): Promise<OAuthClientRecord | undefined>;
  oauthClients(tenant: string | undefined, page: PageRequest): Promise<Page<OAuthClientRecord>>;
}

export type OAuthWrite =
  /** Leaves `consumedAt` of a row that was there. */
  | { op: 'oauth.upsert'; row: OAuthRecord }
  /** Fails with `UniqueViolation('oauth.consumed')` when it was consumed before, is gone or over: one wins. */
  | { op: 'oauth.consume'; model: string; idSha256: string; at: string }
  | { op: 'oauth.remove'; model: string; idSha256: string }
  | { op: 'oauth.revokeGrant'; grantSha256: string }
  /** Forgets what was over at `at`. */
  | { op: 'oauth.sweep'; at: string }
  /** Once for the life of the service: fails with `UniqueViolation('oauth_keys')` afterwards. */
  | { op: 'oauth.key'; row: OAuthKeyRecord }
  | { op: 'oauthClient.insert'; row: OAuthClientRecord }
  /** Revoking twice keeps the first instant. */
  | { op: 'oauthClient.revoke'; tenant: string; clientId: string; revokedAt: string }
  | AuditWrite;

/** What a wallet's access token allows: this offer, at this credential issuer, and nothing else. */
export interface WalletToken {
  tenant: string;
  offerId: string;
  /** Absent when the wallet named none. Nobody vouches for it. */
  clientId?: string;
  grant: 'pre-authorized_code' | 'authorization_code';
  /** Given with the token when the wallet sent `authorization_details`; then requests name one of them. */
  credentialIdentifiers?: string[];
  /** Digest of the token, to tie later calls of the same wallet to it. */
  tokenSha256: string;
}

/** A request for the authorisation server. Where the service stands is its own knowledge: no header says. */
export interface OAuthRequest {
  method: 'GET' | 'POST';
  /** Path and query. */
  url: string;
  headers: { authorization?: string; cookie?: string; accept?: string };
  /** Of a form. */
  form?: URLSearchParams;
}

export interface OAuthAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

export interface OAuth {
  /** The authorisation server itself; made at the first call. */
  answer(request: OAuthRequest): Promise<OAuthAnswer>;
  /** RFC 8414. */
  metadata(): object;
  /** Dynamic registration of a wallet (RFC 7591). @throws RegistrationRefusal */
  register(body: unknown): Promise<object>;
  /** The pages between a wallet and its code. */
  interactions: Interactions;
  /** Single use, good for ten minutes, bound to the offer and to the credential issuer as resource and audience. */
  createPreAuthorizedCode(of: { tenant: string; offerId: string; needsTxCode: boolean }): Promise<string>;
  /** Of `Authorization: Bearer`; undefined for anything that is not in force for exactly this credential issuer. */
  walletToken(authorization: string | undefined, credentialIssuer: string): Promise<WalletToken | undefined>;
  /** A system of an institution by client credentials; undefined for any other token. */
  systemPrincipal(authorization: string | undefined): Promise<Principal | undefined>;
  /** Forgets what is over. @returns false: nothing more is waiting */
  sweepOnce(): Promise<boolean>;
}

/** The id of an institution as credential issuer: `HOST/institutions/SLUG`. */
export const credentialIssuerOf = (publicUrl: string, tenant: string): string => `${publicUrl}/institutions/${tenant}`;

/** What a request to a credential issuer names when its token came with `authorization_details` (OpenID4VCI 1.0, 3.3.4). */
export const credentialIdentifierOf = (offerId: string, configurationId: string): string =>
  `${offerId}.${configurationId}`;
