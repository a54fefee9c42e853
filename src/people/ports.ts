import type { Role } from '#auth';
import type { MailWrite } from '#delivery';
import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';

/**
 * How whoever holds a session showed who they are. `link`: reads the mail of the account, which is enough to add the first
 * passkey and for nothing else. `openid`: an institution's own provider says so, which counts in that institution only.
 */
export type Assurance = 'link' | 'passkey' | 'openid';

/** Somebody who acts for institutions or runs the service. E-mail and person are never in the audit log. */
export interface AccountRecord {
  accountId: string;
  /** In lower case; one account each, for ever. */
  email: string;
  /** Who counts as one in approvals, in the form of `canonicalPerson`; set once, never changed. */
  person?: string;
  /** Of the messages to it; `en` when nobody said. */
  lang?: 'en' | 'fil';
  createdAt: string;
  createdBy: string;
  deactivatedAt?: string;
  /** The last recovery: passkeys were removed and a new one may be added by link. */
  recoveredAt?: string;
  /** `key:ID` or `account:ID`, and the person behind it. */
  recoveredBy?: string;
  recoveredPerson?: string;
  /** A second officer vouched for the recovery. */
  confirmedAt?: string;
  confirmedBy?: string;
}

export interface AccountRoleRecord {
  accountId: string;
  roleId: string;
  /** Slug, or `system`. */
  tenant: string;
  role: Role;
  grantedAt: string;
  grantedBy: string;
  revokedAt?: string;
  revokedBy?: string;
}

/** Good once, in the browser that asked. Addresses that are nobody's have rows too: asking costs the same. */
export interface SignInLinkRecord {
  linkSha256: string;
  emailSha256: string;
  /** Counts the links of one address, so that of two at once one has to count again. */
  ordinal: number;
  browserSha256: string;
  /** Set when it is sent; a link of nobody's account opens nothing. */
  accountId?: string;
  createdAt: string;
  expiresAt: string;
  usedAt?: string;
}

export interface PasskeyRecord {
  /** WebAuthn credential id, base64url. */
  credentialId: string;
  accountId: string;
  /** COSE key, base64url. */
  publicKey: string;
  counter: number;
  transports?: string[];
  name: string;
  createdAt: string;
  lastUsedAt?: string;
}

export type PasskeyPurpose = 'add' | 'use';

export interface PasskeyChallengeRecord {
  challengeSha256: string;
  purpose: PasskeyPurpose;
  /** Digest of the cookie it was given to: of the session for `add`, of the browser for `use`. */
  holderSha256: string;
  createdAt: string;
  expiresAt: string;
  usedAt?: string;
}

export interface OfficerSessionRecord {
  sessionSha256: string;
  /** Names it in lists; opens nothing. */
  sessionId: string;
  accountId: string;
  assurance: Assurance;
  /** Of `openid`: the institution whose provider it was. */
  openIdTenant?: string;
  /** What it acts as now. */
  tenant?: string;
  role?: Role;
  createdAt: string;
  seenAt: string;
  expiresAt: string;
  endedAt?: string;
}

/** An institution's own OpenID provider. Its client secret is a file of the operator, never here. */
export interface OpenIdProviderRecord {
  tenant: string;
  issuer: string;
  clientId: string;
  setAt: string;
  setBy: string;
}

/** A sign-in on its way to such a provider and back. */
export interface OpenIdLoginRecord {
  stateSha256: string;
  tenant: string;
  browserSha256: string;
  nonce: string;
  codeVerifier: string;
  createdAt: string;
  expiresAt: string;
  usedAt?: string;
}

export interface PeopleReader {
  account(accountId: string): Promise<AccountRecord | undefined>;
  accountByEmail(email: string): Promise<AccountRecord | undefined>;
  /** In the order they were made. */
  accounts(page: PageRequest): Promise<Page<AccountRecord>>;
  /** In the order they were granted, revoked ones too. */
  accountRoles(accountId: string): Promise<AccountRoleRecord[]>;
  signInLink(linkSha256: string): Promise<SignInLinkRecord | undefined>;
  passkey(credentialId: string): Promise<PasskeyRecord | undefined>;
  passkeys(accountId: string): Promise<PasskeyRecord[]>;
  officerSession(sessionSha256: string): Promise<OfficerSessionRecord | undefined>;
  /** Those that were not ended, newest first; some may be over. */
  officerSessions(accountId: string): Promise<OfficerSessionRecord[]>;
  openIdProvider(tenant: string): Promise<OpenIdProviderRecord | undefined>;
  openIdProviders(): Promise<OpenIdProviderRecord[]>;
  openIdLogin(stateSha256: string): Promise<OpenIdLoginRecord | undefined>;
}

export type PeopleWrite =
  | { op: 'account.insert'; row: AccountRecord }
  /** Fails with `UniqueViolation('account.person')` when one is set. */
  | { op: 'account.setPerson'; accountId: string; person: string }
  /** Fails with `UniqueViolation('account.state')` when it was before. */
  | { op: 'account.deactivate'; accountId: string; at: string }
  /** Also removes the passkeys and ends the sessions. */
  | { op: 'account.recover'; accountId: string; at: string; by: string; person?: string }
  /** Fails with `UniqueViolation('account.recovery')` unless the recovery of that instant waits for it. */
  | { op: 'account.confirm'; accountId: string; recoveredAt: string; at: string; by: string }
  | { op: 'accountRole.insert'; row: AccountRoleRecord }
  /** Fails with `UniqueViolation('accountRole.state')` when it was before. */
  | { op: 'accountRole.revoke'; accountId: string; roleId: string; at: string; by: string }
  /**
   * Fails with `UniqueViolation('signInLink.rate')` when there are `most` since `since`, and with
   * `UniqueViolation('sign_in_links')` when another one was counted meanwhile.
   */
  | { op: 'signInLink.insert'; row: Omit<SignInLinkRecord, 'ordinal'>; most: number; since: string }
  | { op: 'signInLink.send'; linkSha256: string; accountId: string }
  /** The first wins, from that browser. Fails with `UniqueViolation('signInLink.used')`. */
  | { op: 'signInLink.use'; linkSha256: string; browserSha256: string; at: string }
  /**
   * `first`: fails with `UniqueViolation('passkey.first')` when the account has one; always with
   * `UniqueViolation('passkey.session')` when the session that adds it was ended meanwhile.
   */
  | { op: 'passkey.insert'; row: PasskeyRecord; first: boolean; sessionSha256: string }
  /** Fails with `UniqueViolation('passkey.counter')` when it was used meanwhile, or is gone. */
  | { op: 'passkey.use'; credentialId: string; from: number; counter: number; at: string }
  /** Fails with `UniqueViolation('passkey.last')` for the only one. */
  | { op: 'passkey.remove'; accountId: string; credentialId: string }
  | { op: 'passkeyChallenge.insert'; row: PasskeyChallengeRecord }
  /** The first wins. Fails with `UniqueViolation('passkeyChallenge.used')`. */
  | {
      op: 'passkeyChallenge.use';
      challengeSha256: string;
      purpose: PasskeyPurpose;
      holderSha256: string;
      at: string;
    }
  | { op: 'officerSession.insert'; row: OfficerSessionRecord }
  | { op: 'officerSession.touch'; sessionSha256: string; at: string }
  | { op: 'officerSession.actAs'; sessionSha256: string; tenant: string; role: Role }
  | { op: 'officerSession.end'; accountId: string; sessionId: string; at: string }
  | { op: 'officerSession.endAll'; accountId: string; at: string }
  | { op: 'openIdProvider.set'; row: OpenIdProviderRecord }
  | { op: 'openIdProvider.remove'; tenant: string }
  | { op: 'openIdLogin.insert'; row: OpenIdLoginRecord }
  /** The first wins, from that browser. Fails with `UniqueViolation('openIdLogin.used')`. */
  | { op: 'openIdLogin.use'; stateSha256: string; browserSha256: string; at: string }
  | AuditWrite;

/** A message to an officer leaves together with what it tells of. */
export type PeopleCommit = PeopleWrite | MailWrite;
