import type { BadgeModel } from '#credentials';
import type { Text } from '#kernel';

export type CheckName =
  | 'document'
  | 'proof'
  | 'validity'
  | 'status'
  | 'issuer'
  | 'accreditation'
  | 'achievement'
  | 'recipient'
  | 'endorsements'
  | 'stackability';

/** The order in which a report lists its checks. */
export const CHECKS: readonly CheckName[] = [
  'document',
  'proof',
  'validity',
  'status',
  'issuer',
  'accreditation',
  'achievement',
  'recipient',
  'endorsements',
  'stackability',
];

/**
 * The rules a document is read by. `openbadge`: Open Badges 3.0, exactly; `vc`: the W3C data model, for every other credential.
 */
export type Profile = 'openbadge' | 'vc';

/** Unknown is never pass and never fail. */
export type CheckResult = 'pass' | 'fail' | 'warning' | 'unknown' | 'not_applicable';

export interface Check {
  check: CheckName;
  result: CheckResult;
  /** Stable: programs match on it. */
  code: string;
  message: Text;
  /** What it rests on: ids, dates, digests, when fetched. */
  evidence: Record<string, unknown>;
}

/** About the document. */
export type Verdict = 'valid' | 'invalid' | 'undetermined';
/** About standing. */
export type Recognition = 'recognised' | 'not_recognised' | 'not_shown';

/** Why recognition is what it is. */
export type StandingReason =
  | 'accredited'
  | 'accredited_then_not_now'
  | 'not_accredited'
  | 'not_permitted'
  | 'not_covered'
  | 'register_unanswered'
  | 'permission_unknown'
  | 'not_a_badge'
  | 'not_asked';

/** What the badge or credential says, as the issuer's statements; present only when proof and document hold. */
export interface ReportCredential {
  /** A badge always has one. */
  id?: string;
  name?: string;
  description?: string;
  types: string[];
  issuerId: string;
  /** The issuer's own word. */
  issuerName?: string;
  subjectId?: string;
  /** Of badges only, always; as everything below but the period. */
  achievementId?: string;
  achievementName?: string;
  achievementVersion?: string;
  achievementType?: string;
  criteria?: string;
  awardId?: string;
  awardedDate?: string;
  validFrom?: string;
  validUntil?: string;
  awardType?: string;
  regime?: string;
  pqfLevel?: number;
  /** Who says so; `ProviderClaimed` is not a registration. */
  pqfLevelStatus?: string;
  /** E.g. `3 HE-UNIT-16 (lecture)`. */
  credit?: string[];
  certificateNumber?: string;
  /** Of the ph context, as written. */
  learningRoute?: string;
  assessor?: string;
  evidence?: BadgeModel['evidence'];
  source?: { id?: string; name?: string };
}

/** Two answers on top, ten independent checks below. */
export interface Report {
  verdict: Verdict;
  recognition: Recognition;
  /** Both answers in one sentence. */
  sentence: Text;
  /** Why `recognition` is what it is. */
  standing: StandingReason;
  /** Rules the document was read by. */
  profile: Profile;
  /** Whole-second UTC instant. */
  checkedAt: string;
  /** A specimen proves nothing about anybody. */
  specimen: boolean;
  credential?: ReportCredential;
  /** Of an endorsement: the thing it speaks of, and its issuer's words. */
  endorses?: { id: string; comment?: string };
  /** Of a Comprehensive Learner Record: each member by itself, the first 20; `verdict` above is of the record only. */
  members?: Report[];
  /** How many members there are. */
  memberCount?: number;
  checks: Check[];
}

export function check(
  name: CheckName,
  result: CheckResult,
  code: string,
  message: Text,
  evidence: Record<string, unknown> = {},
): Check {
  return { check: name, result, code, message, evidence };
}
