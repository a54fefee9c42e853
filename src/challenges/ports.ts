/** A text that a holder is to sign once, so that a copy of the presentation is worth nothing. */
export interface ChallengeRecord {
  tenant: string;
  /** Unique across tenants. */
  challenge: string;
  createdAt: string;
  expiresAt: string;
  usedAt?: string;
}

export interface ChallengeReader {
  challenge(challenge: string): Promise<ChallengeRecord | undefined>;
}

export type ChallengeWrite =
  /** Makes room as well: whatever expired before `createdAt` is forgotten. A forgotten one is refused like a used one. */
  | { op: 'challenge.insert'; row: ChallengeRecord }
  /** The first use wins. Fails with `UniqueViolation('challenge.used')` when it is unknown, used or past `expiresAt` at `at`. */
  | { op: 'challenge.use'; challenge: string; at: string };
