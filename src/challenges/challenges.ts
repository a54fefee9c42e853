import { type Clock, formatInstant, LIMITS, type Random, randomId, type Transactor, UniqueViolation } from '#kernel';
import type { ChallengeReader, ChallengeWrite } from './ports.ts';

/** By which a challenge of this service is known, also after it is forgotten: what it was made for is part of it. */
const PREFIXES = { challenge: 'tatak-challenge-', nonce: 'tatak-nonce-' } as const;

/** `nonce`: for key proofs of wallets (OpenID4VCI 1.0, 7); `challenge`: for presentations. */
export type ChallengeUse = keyof typeof PREFIXES;

export interface Challenges {
  /** 128 random bits, good once and for five minutes. */
  create(tenant: string, use?: ChallengeUse): Promise<{ challenge: string; expiresAt: string }>;
  /** Whether this service could have made it: only such challenges are used up; any other is its asker's to keep. */
  isOurs(challenge: string, use?: ChallengeUse): boolean;
  /** Whether it could still be used now: cheap, before anything is verified, and no promise. */
  isOpen(challenge: string): Promise<boolean>;
  /** Uses it up: true for exactly one caller, over all processes. */
  use(challenge: string): Promise<boolean>;
}

export interface ChallengesDeps {
  reader: ChallengeReader;
  transactor: Transactor<ChallengeWrite>;
  clock: Clock;
  random: Random;
}

export function createChallenges({ reader, transactor, clock, random }: ChallengesDeps): Challenges {
  const now = () => formatInstant(clock.now());
  return {
    async create(tenant, use = 'challenge') {
      const challenge = `${PREFIXES[use]}${randomId(random)}`;
      const created = clock.now();
      const expiresAt = formatInstant(new Date(created.getTime() + LIMITS.challengeMs));
      const row = { tenant, challenge, createdAt: formatInstant(created), expiresAt };
      await transactor.commit([{ op: 'challenge.insert', row }]);
      return { challenge, expiresAt };
    },

    isOurs: (challenge, use = 'challenge') => challenge.startsWith(PREFIXES[use]),

    async isOpen(challenge) {
      const row = await reader.challenge(challenge);
      return row !== undefined && row.usedAt === undefined && now() < row.expiresAt;
    },

    async use(challenge) {
      try {
        await transactor.commit([{ op: 'challenge.use', challenge, at: now() }]);
        return true;
      } catch (error) {
        if (error instanceof UniqueViolation) return false;
        throw error;
      }
    },
  };
}
