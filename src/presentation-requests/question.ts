import { fieldProblem } from '#kernel';

/** A badge by exactly one of its properties; a name and a type are of any issuer. */
export type BadgeAsked = { achievement: string } | { name: string } | { achievementType: string };

/** What is asked: each of these badges, or whatever counts toward a pathway of this service. */
export type Question = { holderBinding: HolderBinding } & (
  | { badges: BadgeAsked[] }
  | { pathway: { id: string; version: number; achievements?: string[] } }
);

/** `required`: a badge must name the key that presents it; `preferred`: else it may be shown as it is, by anybody. */
export type HolderBinding = 'required' | 'preferred';

export const MOST_BADGES_ASKED = 10;
const LONGEST: Record<string, number> = { achievement: 2_048, name: 200, achievementType: 100 };

/** @throws Problem `invalid-request` with the pointer */
export function assertBadgesAsked(badges: readonly BadgeAsked[]): void {
  if (badges.length === 0 || badges.length > MOST_BADGES_ASKED) {
    throw fieldProblem('invalid-request', '/badges', `must have 1 to ${MOST_BADGES_ASKED} items`);
  }
  for (const [index, badge] of badges.entries()) {
    const [name, value] = Object.entries(badge)[0] ?? [];
    const pointer = `/badges/${index}${name === undefined ? '' : `/${name}`}`;
    if (Object.keys(badge).length !== 1 || !Object.hasOwn(LONGEST, name!)) {
      throw fieldProblem('invalid-request', `/badges/${index}`, 'must have one of achievement, name, achievementType');
    }
    if (typeof value !== 'string' || value.trim() === '' || value.length > LONGEST[name!]!) {
      throw fieldProblem('invalid-request', pointer, `must be a text of at most ${LONGEST[name!]} characters`);
    }
    if (name === 'achievement' && !/^[a-z][a-z0-9+.-]*:\S+$/i.test(value)) {
      throw fieldProblem('invalid-request', pointer, 'must be the id of an achievement, which is an address');
    }
    // One badge would answer both, and look like two.
    if (badges.findIndex((one) => (one as Record<string, string>)[name!] === value) < index) {
      throw fieldProblem('invalid-request', `/badges/${index}`, 'is asked for twice', 'repeated');
    }
  }
}
