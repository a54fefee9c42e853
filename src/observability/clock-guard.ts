import { type Clock, formatInstant, LIMITS, Problem } from '#kernel';

/** The log is looked at so often at most, in milliseconds: entries come as time goes. */
const READ_AGAIN_MS = 250;

/**
 * Nothing is signed while the clock is behind the audit log by more than LIMITS.clockSkew. The latest instant seen is
 * remembered, so a clock cannot walk back in steps that are each allowed.
 * @returns a check that throws Problem `clock-unsafe`
 */
export function createClockGuard(lastAuditAt: () => Promise<string | undefined>, clock: Clock): () => Promise<void> {
  let newest = 0;
  let readAt = Number.NEGATIVE_INFINITY;
  return async () => {
    // By a clock that nobody sets.
    if (performance.now() - readAt >= READ_AGAIN_MS) {
      const last = await lastAuditAt();
      if (last !== undefined) newest = Math.max(newest, Date.parse(last));
      readAt = performance.now();
    }
    if (newest - clock.now().getTime() <= LIMITS.clockSkew) return;
    throw new Problem('clock-unsafe', `the clock is behind the audit entry of ${formatInstant(new Date(newest))}`);
  };
}
