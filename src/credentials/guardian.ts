import { addPeriod, dayIn, emailKey, formatInstant, isDay, normalEmail } from '#kernel';
import type { Recipient } from './ports.ts';

/** Who acts for a learner that is under age. */
export interface Guardian {
  email: string;
  /** The day the learner comes of age, in Manila's calendar: from its first second the learner acts alone. */
  until: string;
}

type Guarded = Pick<Recipient, 'email' | 'guardianEmail' | 'guardianUntil'>;

/** RA 6809, section 1: majority commences at eighteen. Nobody who is born comes of age later than that. */
const MAJORITY = 'P18Y';

/**
 * The guardian on that day; undefined where none is recorded, and from the day the learner comes of age.
 * @param day of Manila's calendar, `YYYY-MM-DD`
 */
export function guardianOn({ guardianEmail, guardianUntil }: Guarded, day: string): Guardian | undefined {
  if (guardianEmail === undefined || guardianUntil === undefined || guardianUntil <= day) return undefined;
  return { email: guardianEmail, until: guardianUntil };
}

/** Where letters and codes about an award go on that day: to the guardian, or else to the learner. */
export const actingEmail = (recipient: Guarded, day: string): string | undefined =>
  guardianOn(recipient, day)?.email ?? recipient.email;

/** The first instant at which the guardian acts no more. The Philippines have had no summer time since 1990. */
export const endOfGuardian = ({ until }: Guardian): string => formatInstant(new Date(`${until}T00:00:00+08:00`));

/** What is wrong with a guardian that a request names at that instant: member, words, code. */
export function* guardianFaults(recipient: Guarded, now: Date): Generator<[string, string, string]> {
  const { email, guardianEmail, guardianUntil } = recipient;
  if (guardianEmail === undefined && guardianUntil === undefined) return;
  const today = dayIn(now);
  if (guardianEmail === undefined) yield ['guardianEmail', 'is required together with guardianUntil', 'required'];
  else if (normalEmail(guardianEmail) === undefined) {
    // The learner would wait for years for somebody who cannot sign in.
    yield [
      'guardianEmail',
      'is no address by which somebody could sign in here: only ASCII letters before the @',
      'pattern',
    ];
  } else if (email !== undefined && emailKey(email) === emailKey(guardianEmail)) {
    yield ['guardianEmail', "must not be the learner's own address", 'guardian_is_learner'];
  }
  if (guardianUntil === undefined) yield ['guardianUntil', 'is required together with guardianEmail', 'required'];
  else if (!isDay(guardianUntil)) yield ['guardianUntil', 'is no day that exists (YYYY-MM-DD)', 'date-times'];
  else if (guardianUntil <= today) {
    yield ['guardianUntil', 'must be a day to come: from that day the learner acts alone', 'guardian_over'];
  } else if (guardianUntil > addPeriod(today, MAJORITY)) {
    yield ['guardianUntil', 'is more than 18 years away: it is the day the learner comes of age', 'guardian_too_long'];
  }
}
