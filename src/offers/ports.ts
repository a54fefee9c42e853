import type { AchievementReader } from '#achievements';
import type { CredentialReader, OfferTake } from '#credentials';
import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';

/**
 * What whoever takes an offer shows besides having its link: nothing, a code that the institution told the recipient by
 * another way (OpenID4VCI 1.0 `tx_code`), or that mail to the recorded address reaches them.
 */
export type Confirmation = 'none' | 'txCode' | 'email';

/** By which way an award left. Only `oid4vci` and `vc-api` bind a form of it to a key. */
export type Door = 'page' | 'download' | 'oid4vci' | 'vc-api' | 'ob3';

/** `taken`: by a wallet; `locked`: the code was guessed wrong too often. An offer past `expiresAt` is over in any state. */
export type OfferState = 'open' | 'taken' | 'withdrawn' | 'locked';

/** "This award, for this recipient", waiting to be taken. The award is issued already: its first form is the web copy. */
export interface OfferRecord {
  tenant: string;
  /** Names it; does not open it. */
  offerId: string;
  /** The web copy. */
  credentialId: string;
  awardId: string;
  /** Of the text in the claim link, unique across tenants. */
  secretSha256: string;
  /** How often the link was replaced; absent: never. */
  edition?: number;
  confirmation: Confirmation;
  /** Codes compared so far that were not right, over all sessions and wallets. */
  tries: number;
  state: OfferState;
  createdAt: string;
  expiresAt: string;
  /** Subject ids of the forms, in order, and when and how they were asked for: fixed by the first who does. */
  holders?: string[];
  takenAt?: string;
  takenBy?: Door;
  /** When the wallet said that it keeps it (OpenID4VCI 1.0 section 11), or the page was used. */
  acceptedAt?: string;
  /** `holder`: whoever had the link said that the award is not theirs, which the institution has to look into. */
  withdrawnBy?: Withdrawer;
}

export type Withdrawer = 'holder' | 'institution';

/** Why an offer cannot be taken. */
export type Refusal = 'expired' | Exclude<OfferState, 'open'>;

/** Where refused attempts are counted, by reason. */
export interface OfferCounter {
  /** @param reason a stable word, never from the request */
  refused(reason: string): void;
}

export interface OfferFilter {
  tenant: string;
  credentialId?: string;
  state?: OfferState;
}

/** Wrong codes that an offer survives, less one. */
export const TX_CODE_TRIES = 5;

/** Of the code that the institution tells the recipient by another way. */
export const TX_CODE_DIGITS = 6;

export interface OfferReader {
  offer(offerId: string): Promise<OfferRecord | undefined>;
  offerBySecret(secretSha256: string): Promise<OfferRecord | undefined>;
  /** In the order they were made. */
  offers(filter: OfferFilter, page: PageRequest): Promise<Page<OfferRecord>>;
  /** The newest of each of these web copies. */
  offersOf(tenant: string, credentialIds: readonly string[]): Promise<Map<string, OfferRecord>>;
}

export type OfferStore = OfferReader & Pick<CredentialReader, 'credential'> & Pick<AchievementReader, 'achievement'>;

/** `at`: whole-second UTC; an offer whose `expiresAt` is `at` or earlier is over. */
export type OfferWrite =
  | { op: 'offer.insert'; row: OfferRecord }
  /**
   * Counts a comparison before it is made. Fails with `UniqueViolation('offer.tries')` when `most` were counted, or unless it
   * is open at `at`.
   */
  | { op: 'offer.tryCode'; offerId: string; at: string; most: number }
  /** The comparison was right, and counts no more. */
  | { op: 'offer.rightCode'; offerId: string }
  /** The comparison was wrong: locked when `most` were. */
  | { op: 'offer.wrongCode'; offerId: string; most: number }
  /** Fails with `UniqueViolation('offer.state')` unless it is open at `at`: of two takers one is first. */
  | OfferTake
  /**
   * Another link in place of the one before. Fails with `UniqueViolation('offer.state')` unless it is open at `at` and
   * `edition` (0 for the first) is the one it has.
   */
  | { op: 'offer.renew'; offerId: string; edition: number; secretSha256: string; at: string }
  /** Fails with `UniqueViolation('offer.state')` when it was taken or withdrawn. */
  | { op: 'offer.withdraw'; tenant: string; offerId: string; by: Withdrawer }
  /** The first time counts. Fails with `UniqueViolation('offer.state')` unless it was taken, or is open at `at`. */
  | { op: 'offer.accept'; offerId: string; at: string }
  | AuditWrite;

/** A form of the award that is bound to one holder. The texts are exactly what is stored. */
export interface TakenForm {
  credentialId: string;
  subjectId: string;
  url: string;
  /** Signed document. */
  document: string;
  /** Signed token (`jwt_vc_json`). */
  jwt: string;
}
