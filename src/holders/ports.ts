/** `email` as `normalEmail` writes it; `did` of a wallet key; `studentNumber` as the institution `vouchedBy` wrote it. */
export type IdentifierKind = 'email' | 'did' | 'studentNumber';

/** Something that a holder session has shown control of. */
export interface HolderIdentifier {
  kind: IdentifierKind;
  value: string;
  /** Tenant, only of a student number: the same number elsewhere is another person. */
  vouchedBy?: string;
  /** Of a student number: when the address was proven for which the institution vouches. */
  provenAt: string;
}

/** A browser (or program) of a learner: by cookie, no account and no password. */
export interface HolderSessionRecord {
  /** Names it; does not open it. */
  sessionId: string;
  /** Of the text in the cookie, which changes when something was proven. */
  tokenSha256: string;
  createdAt: string;
  /** Absolute: nothing makes a session last longer. */
  expiresAt: string;
  /** In the order they were proven. */
  identifiers: HolderIdentifier[];
  /** The text that a wallet key of this holder is to sign next. */
  challenge?: string;
}

/** A code on its way to an address. At most five are compared with it. */
export interface MailCodeRecord {
  sessionId: string;
  email: string;
  /** HMAC-SHA-256 (hex) of address and code under the text of the cookie, which is stored nowhere. */
  mac: string;
  tries: number;
  createdAt: string;
  expiresAt: string;
  usedAt?: string;
}

/** One use of something of which there may be `most` in a span of time, counted over all processes. */
export interface LimitedUse {
  /** What is limited; no address in clear. */
  key: string;
  /** The span, e.g. `2026-11-24T03`. */
  span: string;
  endsAt: string;
  most: number;
}

/** One issued form of an award and the identifier by which this service knows whose it is. */
export interface BoundCredential {
  tenant: string;
  credentialId: string;
  awardId: string;
  edition: number;
  subjectId: string;
  state: 'active' | 'suspended' | 'revoked';
  issuedAt: string;
}

export interface HolderReader {
  /** Also one that is over. */
  holderSession(tokenSha256: string): Promise<HolderSessionRecord | undefined>;
  mailCode(sessionId: string, email: string): Promise<MailCodeRecord | undefined>;
  /**
   * Issued forms bound to an identifier, over all institutions of this service, newest first. By a student number: only those
   * of its institution that name neither an address nor a key.
   */
  credentialsOfIdentifier(
    identifier: Pick<HolderIdentifier, 'kind' | 'value' | 'vouchedBy'>,
    limit: number,
  ): Promise<BoundCredential[]>;
  /** Numbers that stand together with this address in the recipient of a badge in force, once each. */
  studentNumbersOf(email: string): Promise<{ tenant: string; studentNumber: string }[]>;
}

export type HolderWrite =
  /** Makes room as well: what was over before `createdAt` is forgotten. */
  | { op: 'holder.insert'; row: HolderSessionRecord }
  /** Another cookie for the same session. Fails with `UniqueViolation('holder.token')` when `from` is no longer its token. */
  | { op: 'holder.renew'; sessionId: string; from: string; tokenSha256: string }
  /** Fails with `UniqueViolation('holder.session')` when it was ended or is over at `provenAt`. */
  | { op: 'holder.identify'; sessionId: string; identifier: HolderIdentifier }
  | { op: 'holder.challenge'; sessionId: string; challenge: string }
  /** Everything of it is forgotten. */
  | { op: 'holder.end'; sessionId: string }
  /**
   * Replaces the one before for the same session and address. Fails with `UniqueViolation('mailCode.limit')` when one of the
   * limits is reached, and then counts nothing.
   */
  | { op: 'mailCode.insert'; row: MailCodeRecord; uses: readonly LimitedUse[] }
  /**
   * Counts a comparison before it is made. Fails with `UniqueViolation('mailCode.tries')` after `most`, or when the code was
   * used, replaced (another `mac`) or is over.
   */
  | { op: 'mailCode.try'; sessionId: string; email: string; mac: string; at: string; most: number }
  /** Fails with `UniqueViolation('limitedUse.limit')` when it is used up. */
  | { op: 'limitedUse.take'; use: LimitedUse; at: string }
  /** The first wins. Fails with `UniqueViolation('mailCode.used')`. */
  | { op: 'mailCode.use'; sessionId: string; email: string; mac: string; at: string };
