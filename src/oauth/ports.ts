import type { Principal, Role } from '#auth';
import type { HolderIdentifier } from '#holders';
import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';
import type { Connections } from './connections.ts';
import type { Interactions } from './interactions.ts';
import type { ObScope } from './names.ts';

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

/** What a platform says of itself (RFC 7591; OB 3.0, 7.1.1.2). Nobody checked any of it. All addresses are on one host. */
export interface PlatformMetadata {
  client_name: string;
  client_uri: string;
  logo_uri: string;
  tos_uri: string;
  policy_uri: string;
  software_id: string;
  software_version: string;
  redirect_uris: string[];
  token_endpoint_auth_method: 'client_secret_basic';
  grant_types: string[];
  response_types: ['code'];
  /** Separated by spaces. */
  scope: string;
  contacts?: string[];
}

/** A badge platform that registered itself. The secret was shown once and only its SHA-256 is kept. */
export interface PlatformRecord {
  clientId: string;
  secretSha256: string;
  metadata: PlatformMetadata;
  createdAt: string;
  /** When a learner let it in last; absent: never. */
  usedAt?: string;
}

/** What a learner allowed a platform, until it ends or they end it. */
export interface ConnectionRecord {
  connectionId: string;
  clientId: string;
  scopes: ObScope[];
  /** What the learner's session had proven then: theirs are the badges and the profile. Never a student number. */
  identifiers: HolderIdentifier[];
  /** Of the grant to which all its tokens belong. */
  grantSha256: string;
  createdAt: string;
  expiresAt: string;
}

export interface PlatformReader {
  platform(clientId: string): Promise<PlatformRecord | undefined>;
  /** Also one that is over. */
  connection(connectionId: string): Promise<ConnectionRecord | undefined>;
  /** Those that stand on any of these, also such as are over, newest first. */
  connectionsOf(identifiers: readonly Pick<HolderIdentifier, 'kind' | 'value'>[]): Promise<ConnectionRecord[]>;
}

export type PlatformWrite =
  | { op: 'platform.insert'; row: PlatformRecord }
  /** Marks its platform as used; fails with `UniqueViolation('platform.gone')` when that was forgotten. */
  | { op: 'connection.insert'; row: ConnectionRecord }
  /** With all its codes and tokens. Ending one that is not there changes nothing. */
  | { op: 'connection.end'; connectionId: string };

/** Operators and approvers are persons. */
export type SystemRole = Exclude<Role, 'operator' | 'approver'>;

export interface OAuthReader extends PlatformReader {
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
  /** With the connection that rests on it. */
  | { op: 'oauth.revokeGrant'; grantSha256: string }
  /** Forgets what was over at `at`, and platforms registered before `unusedBefore` that nobody let in. */
  | { op: 'oauth.sweep'; at: string; unusedBefore: string }
  /** Once for the life of the service: fails with `UniqueViolation('oauth_keys')` afterwards. */
  | { op: 'oauth.key'; row: OAuthKeyRecord }
  | { op: 'oauthClient.insert'; row: OAuthClientRecord }
  /** Revoking twice keeps the first instant. */
  | { op: 'oauthClient.revoke'; tenant: string; clientId: string; revokedAt: string }
  | PlatformWrite
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

/** What a platform's access token allows: some of what a learner allowed it. */
export interface PlatformToken {
  connection: ConnectionRecord;
  scopes: readonly ObScope[];
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
  /** Dynamic registration of a badge platform by the rules of OB 3.0, 7.1.1.2. @throws RegistrationRefusal */
  registerPlatform(body: unknown): Promise<object>;
  /**
   * RFC 7009, of a platform: it ends the connection that the token belongs to. An unknown token is no error.
   * @throws PlatformRefusal
   */
  revokePlatformToken(request: Pick<OAuthRequest, 'headers' | 'form'>): Promise<void>;
  /** The pages between a wallet or a platform and its code. */
  interactions: Interactions;
  /** What learners allowed platforms. */
  connections: Connections;
  /** Single use, good for ten minutes, bound to the offer and to the credential issuer as resource and audience. */
  createPreAuthorizedCode(of: { tenant: string; offerId: string; needsTxCode: boolean }): Promise<string>;
  /** Of `Authorization: Bearer`; undefined for anything that is not in force for exactly this credential issuer. */
  walletToken(authorization: string | undefined, credentialIssuer: string): Promise<WalletToken | undefined>;
  /** A platform for the Open Badges API; undefined for any other token, and for one whose learner has ended it. */
  platformToken(authorization: string | undefined): Promise<PlatformToken | undefined>;
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
