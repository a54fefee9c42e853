const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds after each attempt. From the last one on the same again, until it is given up. */
const WAITS = [5, 30, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR] as const;
/** An event is given up so long after its first attempt, and an endpoint after failing for so long. Seconds. */
const GIVEN_UP = 72 * HOUR;
/** An endpoint may ask for so much patience at most. Seconds. */
const PATIENCE = 24 * HOUR;
/** Looks without success before an endpoint is asked only now and then. */
const TRUSTED = 3;

export interface Pace {
  /** 1; less makes every wait shorter, for tests. */
  scale: number;
  /** Of a worker on one endpoint: longer than it takes to be refused by all of one part. Milliseconds. */
  leaseMs: number;
  /** Between two looks at what there is to send. Milliseconds. */
  lookMs: number;
}

export const PACE: Pace = { scale: 1, leaseMs: 60_000, lookMs: 500 };

const waitOf = (attempts: number): number => WAITS[Math.min(attempts, WAITS.length) - 1]!;
const later = (from: Date, seconds: number, { scale }: Pace): Date =>
  new Date(from.getTime() + seconds * 1_000 * scale);

/**
 * When to try an event again: exponential, with up to half as much again so that what failed together is not tried together.
 * @param attempts made so far, 1 or more
 * @param spread from 0 up to 1
 * @param asked `Retry-After` in seconds
 * @returns undefined when it is given up
 */
export function nextAttempt(
  {
    attempts,
    first,
    now,
    spread,
    asked = 0,
  }: { attempts: number; first: Date; now: Date; spread: number; asked?: number },
  pace: Pace,
): Date | undefined {
  if (isGivenUp(first, now, pace)) return undefined;
  const wait = waitOf(attempts) * (1 + spread / 2);
  return later(now, Math.max(wait, Math.min(asked, PATIENCE)), pace);
}

/** Until when an endpoint rests after so many looks in a row without success; undefined: it is trusted a little longer. */
export function restAfter(
  { failures, now, spread, asked = 0 }: { failures: number; now: Date; spread: number; asked?: number },
  pace: Pace,
): Date | undefined {
  const wait = failures < TRUSTED ? 0 : Math.min(waitOf(failures), HOUR) * (1 + spread / 2);
  const rest = Math.max(wait, Math.min(asked, PATIENCE));
  return rest === 0 ? undefined : later(now, rest, pace);
}

export const isGivenUp = (since: Date, now: Date, pace: Pace): boolean => now >= later(since, GIVEN_UP, pace);

/** Seconds of a `Retry-After` (RFC 9110, 10.2.3: seconds or a date); 0 for none, or one that is not understood. */
export function secondsOf(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined) return 0;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? 0 : Math.max(0, Math.ceil((date - now.getTime()) / 1_000));
}
