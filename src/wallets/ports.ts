import type { ChallengeReader, ChallengeWrite } from '#challenges';

/** Forms in which a wallet can ask for a badge (OpenID4VCI 1.0, appendix A). */
export type WalletFormat = 'ldp_vc' | 'jwt_vc_json';

/** What a wallet says it did with a badge (OpenID4VCI 1.0, 11.1). */
export type WalletEvent = 'credential_accepted' | 'credential_failure' | 'credential_deleted';

/**
 * What one wallet was told: here is the badge (`issued`), or ask again later (`deferred`). Written before the answer leaves,
 * once for each offer and format. `issuanceId` is the `transaction_id` and the `notification_id`: it opens nothing without
 * an access token of the same offer, so it is stored as it is.
 */
export interface WalletIssuanceRecord {
  tenant: string;
  issuanceId: string;
  offerId: string;
  format: WalletFormat;
  /** DIDs whose keys were proven, in the order of the proofs. */
  holders: string[];
  state: 'issued' | 'deferred';
  createdAt: string;
  /** Then it is forgotten: whoever asks again later is told so. */
  expiresAt: string;
  event?: WalletEvent;
  eventAt?: string;
}

export interface WalletIssuanceReader {
  walletIssuance(issuanceId: string): Promise<WalletIssuanceRecord | undefined>;
  /** At most one for each format. */
  walletIssuancesOf(offerId: string): Promise<WalletIssuanceRecord[]>;
}

export type WalletIssuanceWrite =
  /** Makes room as well: forgets what expired before `createdAt`. Fails with `UniqueViolation` for a second of one offer and format. */
  | { op: 'walletIssuance.insert'; row: WalletIssuanceRecord }
  /** Of a deferred one; nothing changes where it was issued already. */
  | { op: 'walletIssuance.issued'; issuanceId: string }
  | { op: 'walletIssuance.remove'; issuanceId: string }
  /** What the wallet said last counts. */
  | { op: 'walletIssuance.notified'; issuanceId: string; event: WalletEvent; at: string };

export type WalletReader = WalletIssuanceReader & ChallengeReader;
export type WalletWrite = WalletIssuanceWrite | ChallengeWrite;

/** Where requests of wallets are counted, by endpoint and what became of them. */
export interface WalletCounter {
  /** @param outcome `ok`, `deferred`, an error code, or `failed` for a fault of this service */
  count(endpoint: 'offer' | 'nonce' | 'credential' | 'deferred' | 'notification', outcome: string): void;
}
