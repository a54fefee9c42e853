import type { Recipient } from '#credentials';
import type { Page, PageRequest } from '#kernel';

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
  /** As recorded, a guardian included. */
  recipient: Recipient;
}

export interface HolderReader {
  /** Also one that is over. */
  holderSession(tokenSha256: string): Promise<HolderSessionRecord | undefined>;
  mailCode(sessionId: string, email: string): Promise<MailCodeRecord | undefined>;
  /**
   * Issued forms bound to an identifier, over all institutions of this service, newest first. By an address: the learner's own,
   * and those whose guardian has it or had it. By a student number: only those of its institution that name neither an address of
   * the learner nor a key.
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

/** What the learner of a badge lets this service show of it. What the institution signed into it stays in its signed forms. */
export interface ReleaseChoice {
  tenant: string;
  /** One form of an award. Its choice holds for the other forms too when it is the web copy, unless they have their own. */
  credentialId: string;
  /** `shown`: page and papers say the name that the institution recorded, and that nobody signed it. */
  name: 'hidden' | 'shown';
  /** Whether a name that somebody was told is compared with the record. */
  comparison: 'answered' | 'refused';
  /** `hidden`: whoever has the link is shown the status and the way to check it, and nothing else. */
  page: 'shown' | 'hidden';
  chosenAt: string;
}

/** Where personal data of learners lives; a further place is a further row of the store's table. */
export type PersonalKind =
  | 'credential'
  | 'batchRow'
  | 'approval'
  | 'priorLearningCase'
  | 'priorLearningEntry'
  | 'offer'
  | 'walletIssuance'
  | 'mail'
  | 'session'
  | 'imported'
  | 'connection'
  | 'hostConnection'
  | 'holderProfile'
  | 'choice'
  | 'guardian'
  | 'evaluation'
  | 'conferral';

/** Of these an erasure is remembered: they may be in a backup. Sessions and messages are over after a restore. */
export const REMEMBERED_KINDS = [
  ...(['credential', 'batchRow', 'approval', 'priorLearningCase', 'offer', 'walletIssuance'] as const),
  ...(['imported', 'choice', 'guardian', 'holderProfile'] as const),
] satisfies readonly PersonalKind[];

/** One thing that is held about somebody. */
export interface PersonalItem {
  kind: PersonalKind;
  tenant: string;
  /** Names it, with nothing of the person. */
  object: string;
  /** All of it that is about them. */
  data: Record<string, unknown>;
  /**
   * `erasable`; `busy`: something is being made of it now; `kept`: the record of a decision of the institution, which this
   * service does not erase.
   */
  fate: 'erasable' | 'busy' | 'kept';
  /** The badge that it is about. */
  of?: string;
  /** Of a badge itself. */
  credential?: PersonalCredential;
}

export interface PersonalCredential {
  /** Issued. */
  awardedDate: string;
  sha256?: string;
  signed?: string;
}

/** That something was erased: for its institution, and for a store that is restored from an older backup. */
export interface ErasureRecord {
  tenant: string;
  erasedAt: string;
  kind: string;
  object: string;
  /** Of a badge: digest of its signed bytes. */
  objectSha256?: string;
  /** Of a badge: its signed bytes, or only their digest. Of anything else: that it was there. */
  kept: 'document' | 'digest' | 'entry';
}

export interface PrivacyReader {
  /** Of this form itself; else of the web copy of its award. */
  releaseChoice(credential: { credentialId: string; formOf?: string }): Promise<ReleaseChoice | undefined>;
  /**
   * Everything that is held about whoever has these, over all institutions; nothing of which a guardian decides on that day of
   * Manila's calendar. With `ward` only what is held about that learner, for whom one of these addresses acts.
   */
  personalData(
    identifiers: readonly HolderIdentifier[],
    of: { day: string; ward?: string | undefined },
  ): Promise<PersonalItem[]>;
  /**
   * Awards whose guardian acts no more on that day and is still recorded, each by one of its forms; rows of class lists that
   * became no award within a month of it, or of their list where they say no day (`BATCH/ROW`); and recipients of requests that were turned down
   * (`APPROVAL#/recipients/N`).
   */
  guardiansOver(day: string, limit: number): Promise<{ tenant: string; object: string }[]>;
  /** In the order of time. @param tenant of all when absent */
  erasures(tenant: string | undefined, page: PageRequest): Promise<Page<ErasureRecord>>;
}

export type PrivacyWrite =
  /** Replaces the one before. */
  | { op: 'release.choose'; row: ReleaseChoice }
  /**
   * Takes away what is about the person, as the table of the store says for its kind, and remembers that. What is not there, or
   * was erased before, stays so. Fails with `UniqueViolation('personal.busy')` when something is being made of it.
   */
  | { op: 'personal.erase'; row: ErasureRecord };
