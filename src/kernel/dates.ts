const DATE_TIME_STAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Default zone in which award days are counted and shown. */
export const MANILA = 'Asia/Manila';

/**
 * An XSD 1.1 dateTimeStamp (the zone is required). Impossible days, hour 24 and second 60 are refused:
 * the platform's own parser would turn 30 February into 2 March.
 * @returns the instant, or undefined when the text is not one
 */
export function parseDateTimeStamp(text: unknown): Date | undefined {
  if (typeof text !== 'string') return undefined;
  if (!DATE_TIME_STAMP.test(text)) return undefined;
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  const [year, month, day] = dayAt(text);
  if (!isCalendarDay(year, month, day) || hour > 23 || minute > 59 || second > 59) return undefined;
  // Whole seconds of UTC are what nearly all say; the platform takes longer to read them.
  if (text.length === 20 && year >= 100) return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A calendar day `YYYY-MM-DD` that exists. */
export function isDay(text: unknown): text is string {
  return typeof text === 'string' && DATE.test(text) && isCalendarDay(...dayAt(text));
}

const DAYS = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Year, month and day at the beginning of a text of this form. */
const dayAt = (text: string): [number, number, number] => [
  twoDigits(text, 0) * 100 + twoDigits(text, 2),
  twoDigits(text, 5),
  twoDigits(text, 8),
];

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1 || day < 1 || day > (DAYS[month] ?? 0)) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

const twoDigits = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;

/** Whole seconds, UTC: what is issued and stored (JWT `nbf` and `exp` can carry no more). */
export function formatInstant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** Making one takes longer than a hundred uses of it. */
const days = new Map<string, Intl.DateTimeFormat>();
const ZONES = 64;

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export function dayIn(date: Date, zone: string = MANILA): string {
  let format = days.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    if (days.size >= ZONES) days.clear();
    days.set(zone, format);
  }
  return format.format(date);
}

/** Adds an ISO 8601 period of years, months and days to a day; the day is clamped to the end of the month. */
export function addPeriod(day: string, period: string, sign: 1 | -1 = 1): string {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/.exec(period);
  if (!match || period === 'P' || !isDay(day)) throw new RangeError(`not a day and a period: ${day} ${period}`);
  const [years, months, days] = [match[1], match[2], match[3]].map((part) => sign * Number(part ?? 0));
  const [y, m, d] = day.split('-').map(Number);
  const monthIndex = y! * 12 + (m! - 1) + years! * 12 + months!;
  const [toYear, toMonth] = [Math.floor(monthIndex / 12), ((monthIndex % 12) + 12) % 12];
  const last = new Date(Date.UTC(toYear, toMonth + 1, 0)).getUTCDate();
  const date = new Date(Date.UTC(toYear, toMonth, Math.min(d!, last) + days!));
  return date.toISOString().slice(0, 10);
}
