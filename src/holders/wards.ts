import { guardianOn, type Recipient } from '#credentials';
import { emailKey, sha256Hex } from '#kernel';
import type { HolderIdentifier } from './ports.ts';

/**
 * As whom a session reaches an award. `minor`: it is the learner's, who reads it, and decides nothing until they come of age or
 * their guardian lets them act alone.
 */
export type ActsAs = 'learner' | 'guardian' | 'minor';

/** A learner under age, as far as the awards tell that a guardian acts for. */
export interface Ward {
  /** Names the learner to whoever acts for them, over all institutions; says nothing of them. */
  wardId: string;
  /** As the institution recorded it. */
  name?: string;
  /** The day they come of age. */
  until: string;
  /** Whether an address of their own is recorded, by which they could act alone. */
  hasAddress: boolean;
}

type Named = Pick<Recipient, 'email' | 'studentNumber'>;

/** By the learner's own address; else by their number at the institution; else each award by itself. */
export function wardIdOf({ email, studentNumber }: Named, tenant: string, awardId?: string): string {
  const whose =
    email !== undefined
      ? ['email', emailKey(email)]
      : studentNumber !== undefined
        ? ['number', tenant, studentNumber]
        : ['award', awardId];
  return sha256Hex(JSON.stringify(whose)).slice(0, 16);
}

/**
 * @param day of Manila's calendar
 * @returns undefined for an address that was the guardian's: it reaches the award no more
 */
export function standingOf(
  { tenant, awardId, recipient }: { tenant: string; awardId: string; recipient: Recipient },
  { kind, value }: Pick<HolderIdentifier, 'kind' | 'value'>,
  day: string,
): { as: ActsAs; ward?: Ward } | undefined {
  const guardian = guardianOn(recipient, day);
  const isOwn = kind !== 'email' || (recipient.email !== undefined && emailKey(recipient.email) === value);
  if (!guardian) return isOwn ? { as: 'learner' } : undefined;
  const ward: Ward = {
    wardId: wardIdOf(recipient, tenant, awardId),
    ...(recipient.name === undefined ? {} : { name: recipient.name }),
    ...{ until: guardian.until, hasAddress: recipient.email !== undefined },
  };
  if (kind === 'email' && emailKey(guardian.email) === value) return { as: 'guardian', ward };
  return isOwn ? { as: 'minor', ward } : undefined;
}

/**
 * A guardian in the log: that it was one, and a digest by which it can be shown that it was this address for this learner. Whoever
 * guesses both can confirm it.
 */
export const guardianActor = (email: string, { wardId }: Pick<Ward, 'wardId'>): string =>
  `guardian:${sha256Hex(JSON.stringify([email, wardId])).slice(0, 16)}`;

/** A learner in the log: the session, and nothing of who it is. */
export const holderActor = (token: string): string => `holder:${sha256Hex(token).slice(0, 16)}`;

/** Who acts on this award in the log. @param badge absent: on their own data */
export function actorOn(token: string, badge?: { as: ActsAs; ward?: Ward; boundBy: HolderIdentifier }): string {
  return badge?.as === 'guardian' && badge.ward ? guardianActor(badge.boundBy.value, badge.ward) : holderActor(token);
}
