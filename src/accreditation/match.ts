import type { Grant, GrantEvent } from './model.ts';
import type { AccreditationRole, AccreditationScope } from './ports.ts';

/** "Was it entitled to do this, on this day?" */
export interface Question {
  role: AccreditationRole;
  /** Calendar day in Asia/Manila. */
  day: string;
  awardType?: string;
  pqfLevel?: number;
  achievementId?: string;
}

/** Legal standing of a grant on a day. */
export type Standing = 'in_force' | 'not_yet' | 'expired' | 'suspended' | 'withdrawn';

export type MismatchReason =
  | 'verb'
  | 'role'
  | 'scope_empty'
  | 'scope_award_type'
  | 'scope_pqf_level'
  | 'scope_achievement'
  | Exclude<Standing, 'in_force'>;

export type GrantMatch = { matched: true; scope: AccreditationScope } | { matched: false; reason: MismatchReason };

/**
 * Standing on a day. The interval is half-open; an event acts from its effective day on; a withdrawal is final. Awards
 * made before the effective day keep what they had (framework 6.3), which follows from asking about *their* day.
 */
export function standing(grant: Grant, events: readonly GrantEvent[], day: string): Standing {
  if (day < grant.validFrom) return 'not_yet';
  if (grant.validUntil !== undefined && day >= grant.validUntil) return 'expired';
  const effective = events
    .filter((event) => event.grant === grant.id && event.effectiveAt <= day)
    .sort((a, b) => compare(a.effectiveAt, b.effectiveAt) || compare(a.recordedAt, b.recordedAt));
  if (effective.some((event) => event.type === 'withdrawn')) return 'withdrawn';
  return effective.at(-1)?.type === 'suspended' ? 'suspended' : 'in_force';
}

export function inForce(grant: Grant, events: readonly GrantEvent[], day: string): boolean {
  return standing(grant, events, day) === 'in_force';
}

/**
 * Deny by default: only the verb `accredit` accredits, an empty scope matches nothing, and inside one scope item every
 * stated dimension must match; several items are alternatives. Identity of the accredited party is the caller's to check.
 */
export function matchGrant(grant: Grant, events: readonly GrantEvent[], question: Question): GrantMatch {
  if (grant.verb !== 'accredit') return { matched: false, reason: 'verb' };
  if (grant.role !== question.role) return { matched: false, reason: 'role' };
  const now = standing(grant, events, question.day);
  if (now !== 'in_force') return { matched: false, reason: now };
  let reason: MismatchReason = 'scope_empty';
  for (const scope of grant.scope) {
    const mismatch = scopeMismatch(scope, question);
    if (!mismatch) return { matched: true, scope };
    reason = mismatch;
  }
  return { matched: false, reason };
}

export function scopeMismatch(scope: AccreditationScope, question: Question): MismatchReason | undefined {
  const { awardType, pqfLevelRange, achievement } = scope;
  if (awardType && !(question.awardType !== undefined && awardType.includes(question.awardType))) {
    return 'scope_award_type';
  }
  if (pqfLevelRange) {
    const level = question.pqfLevel;
    if (level === undefined || level < pqfLevelRange.from || level > pqfLevelRange.to) return 'scope_pqf_level';
  }
  if (achievement && !(question.achievementId !== undefined && achievement.includes(question.achievementId))) {
    return 'scope_achievement';
  }
  return undefined;
}

/** Scope only narrows: whatever the outer item limits, the inner one limits at least as much. */
export function scopeContains(outer: AccreditationScope, inner: AccreditationScope): boolean {
  for (const key of ['awardType', 'achievement'] as const) {
    const allowed = outer[key];
    if (allowed && !inner[key]?.every((item) => allowed.includes(item))) return false;
  }
  const range = outer.pqfLevelRange;
  if (!range) return true;
  return (
    inner.pqfLevelRange !== undefined && inner.pqfLevelRange.from >= range.from && inner.pqfLevelRange.to <= range.to
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
