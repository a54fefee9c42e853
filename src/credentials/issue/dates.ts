import { formatInstant, isDay, MANILA, parseDateTimeStamp } from '#kernel';

const LAST_DAY = '9999-12-31';

/**
 * A day or an instant of a request as whole-second UTC text.
 * @param edge for a day: its first or its last second in `zone`
 * @returns undefined when the text is neither, or has a fraction of a second
 */
export function readInstant(text: string, edge: 'first' | 'last', zone: string = MANILA): string | undefined {
  const day: boolean = isDay(text);
  // The last day that can be written has no day after it, by whose start its end is found.
  if (day) return edge === 'last' && text === LAST_DAY ? undefined : formatInstant(edgeOfDay(text, edge, zone));
  if (text.includes('.')) return undefined;
  const instant = parseDateTimeStamp(text);
  // A date before year 1 or after 9999 after the change of zone has no four-digit form.
  return instant && /^\d{4}-/.test(instant.toISOString()) ? formatInstant(instant) : undefined;
}

function edgeOfDay(day: string, edge: 'first' | 'last', zone: string): Date {
  if (edge === 'first') return midnight(day, zone);
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return new Date(midnight(next, zone).getTime() - 1_000);
}

/** Start of a day in a zone. Where a clock change skips midnight, the first instant after it. */
function midnight(day: string, zone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`);
  // The offset depends on the instant, and the instant on the offset: the second look settles it.
  let instant = wall;
  for (let look = 0; look < 2; look++) instant = wall - offsetAt(instant, zone);
  return new Date(instant);
}

function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((one) => one.type === type)!.value;
  const wall = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`;
  return Date.parse(wall) - Math.floor(instant / 1_000) * 1_000;
}
