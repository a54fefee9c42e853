import type { AuditWrite } from '#observability';

/** `email` in lower case; `did` of a wallet key; `studentNumber` as the institution `vouchedBy` wrote it. */
export type IdentifierKind = 'email' | 'did' | 'studentNumber';

/** Something that a holder session has shown control of. */
export interface HolderIdentifier {
  kind: IdentifierKind;
  value: string;
  /** Tenant, only of a student number: the same number elsewhere is another person. */
  vouchedBy?: string;
  provenAt: string;
}

/** A browser (or program) of a learner: by cookie, no account and no password. */
export interface HolderSessionRecord {
  sessionSha256: string;
  createdAt: string;
  expiresAt: string;
  identifiers: HolderIdentifier[];
}

/** A code on its way to an address. At most five are compared with it. */
export interface MailCodeRecord {
  sessionSha256: string;
  email: string;
  codeSha256: string;
  tries: number;
  createdAt: string;
  expiresAt: string;
  usedAt?: string;
}

export interface HolderReader {
  holderSession(sessionSha256: string): Promise<HolderSessionRecord | undefined>;
  mailCode(sessionSha256: string, email: string): Promise<MailCodeRecord | undefined>;
  /** Ids of issued credentials bound to an identifier, over all institutions of this service, newest first. */
  credentialsOfIdentifier(identifier: HolderIdentifier, limit: number): Promise<string[]>;
}

export type HolderWrite =
  | { op: 'holder.insert'; row: HolderSessionRecord }
  | { op: 'holder.identify'; sessionSha256: string; identifier: HolderIdentifier }
  | { op: 'holder.end'; sessionSha256: string }
  /** Replaces the one before for the same session and address. */
  | { op: 'mailCode.insert'; row: MailCodeRecord }
  /** Counts a comparison before it is made. Fails with `UniqueViolation('mailCode.tries')` at the sixth, or when used or over. */
  | { op: 'mailCode.try'; sessionSha256: string; email: string; at: string; most: number }
  /** The first wins. Fails with `UniqueViolation('mailCode.used')`. */
  | { op: 'mailCode.use'; sessionSha256: string; email: string; at: string }
  | AuditWrite;

export interface Holders {
  /** A session; the text of its cookie is shown now and never again. */
  open(): Promise<{ token: string; session: HolderSessionRecord }>;
  /** undefined when unknown, over or ended. */
  session(token: string | undefined): Promise<HolderSessionRecord | undefined>;
  /** Sends a code by mail; answers alike whether the address is known here or not. @throws Problem `rate-limited` */
  sendCode(input: { token: string; email: string; lang: 'en' | 'fil' }): Promise<void>;
  confirmCode(input: { token: string; email: string; code: string }): Promise<'right' | 'wrong' | 'dead'>;
  /** A presentation signed by a wallet key over a challenge of this service. @throws Problem `invalid-request` */
  addKey(input: { token: string; presentation: unknown }): Promise<HolderIdentifier>;
  /** A number that an institution says belongs to whoever proved this address. */
  addStudentNumbers(token: string): Promise<HolderIdentifier[]>;
  /** The badges of this holder at this service: ids of credentials, each award once. */
  credentials(token: string): Promise<string[]>;
  end(token: string): Promise<void>;
}
