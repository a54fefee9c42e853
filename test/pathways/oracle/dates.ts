// Calendar days as text (A1). ISO days of four-digit years compare as text.

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const day = (year: number, month: number, date: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;

/** `from - times * period`: the period is multiplied, years and months clamp to the last day of the month, days come last. */
export function minus(from: string, period: string, times = 1): string {
  const parts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/.exec(period);
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(from);
  if (!parts || !date) throw new Error(`no day or period: ${from} ${period}`);
  const months = (Number(parts[1] ?? 0) * 12 + Number(parts[2] ?? 0)) * times;
  const days = Number(parts[3] ?? 0) * times;
  const count = Number(date[1]) * 12 + Number(date[2]) - 1 - months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  const clamped = Math.min(Number(date[3]), daysIn(year, month));
  if (days === 0) return day(year, month, clamped);
  const moved = new Date(Date.UTC(year, month - 1, clamped - days));
  return day(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate());
}
