import {
  achievement,
  credentialOf,
  identityObject,
  image,
  instant,
  iri,
  longText,
  object,
  oneOrMany,
  profile,
  result,
  text,
  typed,
} from './parts.ts';

const subject = object(
  ['type', 'achievement'],
  {
    id: iri,
    type: typed('AchievementSubject'),
    achievement,
    identifier: oneOrMany(identityObject),
    activityStartDate: instant,
    activityEndDate: instant,
    creditsEarned: { type: 'number', minimum: 0 },
    image,
    licenseNumber: text,
    narrative: longText,
    result: oneOrMany(result),
    role: text,
    source: profile,
    term: text,
  },
  // OB 3.0 section 8.1: an identifier of the recipient, or the subject's id. The published schema does not ask for it.
  { anyOf: [{ required: ['id'] }, { required: ['identifier'] }] },
);

/** Either name of the type means the same class (Open Badges 3.0, AchievementCredential). */
export const BADGES = ['OpenBadgeCredential', 'AchievementCredential'];

/** An Open Badge. */
export const badgeSchema = credentialOf(BADGES, [], subject);
