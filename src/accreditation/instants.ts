import { formatInstant, isDay, parseDateTimeStamp } from '#kernel';

/**
 * A legal instant as whole-second UTC text: a day means its first second in Asia/Manila (UTC+8 all year), a date and time
 * needs its offset. A time without offset would be another instant for every reader.
 * @returns undefined for anything else
 */
export function legalInstant(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.includes('.')) return undefined;
  const instant = parseDateTimeStamp(isDay(text) ? `${text}T00:00:00+08:00` : text);
  return instant && bounded(formatInstant(instant));
}

/** Instants are compared as texts of four-digit years; another offset could push one over either end. */
const bounded = (instant: string): string | undefined =>
  /^(?!0000)\d{4}-/.test(instant) && instant.length === 20 ? instant : undefined;

/** `validUntil` of a credential is its last valid second (VCDM 2.0, 4.9); a half-open end is the second after it. */
export const lastSecondBefore = (instant: string): string => shift(instant, -1);
export const secondAfter = (instant: string): string => shift(instant, 1);

function shift(instant: string, seconds: number): string {
  return formatInstant(new Date(Date.parse(instant) + seconds * 1_000));
}
