import { addPeriod } from '#kernel';

const PERIOD = /^P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?$/;

/** ISO 8601 of years, months and days, longer than nothing. */
export function isPeriod(text: unknown): text is string {
  const match = typeof text === 'string' ? PERIOD.exec(text) : null;
  return match?.slice(1).some((part) => Number(part ?? 0) > 0) ?? false;
}

/** Years, months and days. @param period one for which `isPeriod` holds */
export const periodParts = (period: string): number[] =>
  PERIOD.exec(period)!
    .slice(1)
    .map((part) => Number(part ?? 0));

/** Before every day there is. */
const BEGINNING = '0000-00-00';

/**
 * `day - times x period`, clamped to the last day of the month (A1). The period is multiplied, not stepped, so that one
 * clamped end does not move the next (A4, perPeriodMin).
 */
export function daysBefore(day: string, period: string, times = 1): string {
  if (times === 0) return day;
  const [years, months, days] = periodParts(period).map((part) => part * times);
  const length = years! + months! / 12 + days! / 365;
  if (Number(day.slice(0, 4)) - length < 101) return BEGINNING;
  return addPeriod(day, `P${years}Y${months}M${days}D`, -1);
}

/** By code point (A6, level 7): not by UTF-16 unit, and never by the locale of the machine. */
export function byCodePoint(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return fixed(x) - fixed(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for the code points above everything else. */
const fixed = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
