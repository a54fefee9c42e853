const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds after each attempt, quick at first because somebody may be waiting; about three days together. */
const WAITS = [15, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR];

/**
 * When to try again.
 * @param attempts made so far, 1 or more
 * @param spread from 0 up to 1: what failed together is not tried together
 * @returns undefined when it is given up
 */
export function nextAttempt(attempts: number, now: Date, spread: number): Date | undefined {
  const wait = WAITS[attempts - 1];
  return wait === undefined ? undefined : new Date(now.getTime() + wait * 1_000 * (1 + spread / 4));
}
