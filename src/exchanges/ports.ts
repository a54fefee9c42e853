import type { AuditWrite } from '#observability';

/** VCALM 0.9: nothing was asked yet; a question or an answer is under way; over and well; over for good without. */
export type ExchangeState = 'pending' | 'active' | 'complete' | 'invalid';

/** The exchange by which one offer is taken: there is one for each, and it is opened by what opens the offer. */
export interface ExchangeRecord {
  tenant: string;
  offerId: string;
  state: ExchangeState;
  /** Goes up with every message that changed something. */
  sequence: number;
  /** What is to be signed next; gone once it was answered. */
  challenge?: string;
  challengeExpiresAt?: string;
  /** Problem document of the last message that was refused, as JSON text. */
  lastError?: string;
  createdAt: string;
  updatedAt: string;
}

export interface ExchangeReader {
  exchange(offerId: string): Promise<ExchangeRecord | undefined>;
}

export type ExchangeWrite =
  /** Fails with `UniqueViolation` when the offer has one. */
  | { op: 'exchange.insert'; row: ExchangeRecord }
  /**
   * The row as it is now, where it still is at `from`: of two messages one is first. Fails with
   * `UniqueViolation('exchange.sequence')`. Nothing leads out of `complete`.
   */
  | { op: 'exchange.advance'; from: number; row: ExchangeRecord }
  /** Of one that is there and not over; else nothing happens. */
  | { op: 'exchange.refused'; offerId: string; lastError: string; at: string }
  | AuditWrite;
