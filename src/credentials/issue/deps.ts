import type { AchievementReader } from '#achievements';
import type { InstitutionReader, KeyStop, SigningAuthority } from '#institutions';
import type { Clock, FieldError, JsonObject, Random, Transactor } from '#kernel';
import type { AuditReader } from '#observability';
import type { JwtMaker, ProofMaker } from '#proofs';
import type { CredentialReader, CredentialRecord, CredentialWrite } from '../ports.ts';
import type { Status } from '../status/status.ts';

/**
 * Verifies a signed text, a document or a token, as anyone outside would: parsed anew, contexts pinned, with the key that
 * the issuer's document publishes. `ProofReport` is such an answer. Unknown is never a pass.
 */
export type CheckReleased = (text: string) => Promise<{ outcome: 'pass' | 'fail' | 'unknown'; code: string }>;

/** Numbered as the steps of `createIssuer`; `released` is after the last. */
export const STEP = {
  idempotency: 1,
  validate: 2,
  entitlement: 3,
  pin: 4,
  reserve: 5,
  lint: 6,
  sign: 7,
  check: 8,
  store: 9,
  release: 10,
} as const;

/** What is about to be issued, for whoever decides whether the issuer is entitled to it. */
export interface EntitlementQuestion {
  tenant: string;
  issuer: string;
  achievementId: string;
  achievement: JsonObject;
  regime?: string;
  psgc: readonly string[];
  awards: readonly {
    awardedDate: string;
    source?: string;
    sourcePsgc?: string;
    trainingProvider?: string;
    learningRoute?: string;
  }[];
  now: Date;
}

/** `decision` names the recorded decision by which something not accredited is issued all the same. */
export type EntitlementAnswer = { allowed: true; decision?: string } | { allowed: false; errors: FieldError[] };

export interface IssuerDeps {
  reader: CredentialReader &
    Pick<AchievementReader, 'achievement'> &
    Pick<InstitutionReader, 'institution'> &
    Pick<AuditReader, 'lastAuditAt'>;
  transactor: Transactor<CredentialWrite>;
  authority: SigningAuthority & KeyStop;
  proofs: ProofMaker;
  tokens: JwtMaker;
  checkReleased: CheckReleased;
  /** When what was learnt of forms so far is in use; default: at once. */
  learnt?: () => Promise<void>;
  status: Pick<Status, 'ensureList' | 'drawFree' | 'publish'>;
  /** Whether registers show that the issuer may award this; default: nobody is asked. */
  entitled?: (question: EntitlementQuestion) => Promise<EntitlementAnswer>;
  clock: Clock;
  random: Random;
  /** Where the ids of a credential come from, each from its own; default: `random`. */
  ids?: Record<'credential' | 'award' | 'subject', Random>;
  /** No trailing slash. */
  publicUrl: string;
  /** Everything issued is a specimen. */
  specimen: boolean;
  /** Whether this party took the place of one of those; default: nobody did. */
  inherits?: (
    owners: readonly string[],
    party: string,
    achievement: JsonObject,
    /** `awarded` is the earliest award day asked for, a whole-second UTC instant. */
    asked: { awarded: string; now: Date },
  ) => Promise<boolean>;
  /** For fault tests: runs at the beginning of each step. */
  onStep?: (step: number) => Promise<void> | void;
  /** Sees what was stored just now. */
  stored?: (rows: readonly CredentialRecord[]) => void;
  /** JSON text of a signed credential; another one only in tests. */
  serialize?: (document: unknown) => string;
  /** How a request waits for another one with the same Idempotency-Key. Milliseconds. */
  waiting?: { poll: number; takeOver: number };
}
