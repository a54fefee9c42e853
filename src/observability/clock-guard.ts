import { type Clock, formatInstant, LIMITS, Problem } from '#kernel';

/**
 * Nothing is signed while the clock is behind the audit log by more than LIMITS.clockSkew. The latest instant seen is
 * remembered, so a clock cannot walk back in steps that are each allowed.
 * @returns a check that throws Problem `clock-unsafe`
 */
export function createClockGuard(lastAuditAt: () => Promise<string | undefined>, clock: Clock): () => Promise<void> {
  let newest = 0;
  return async () => {
    const last = await lastAuditAt();
    if (last !== undefined) newest = Math.max(newest, Date.parse(last));
    if (newest - clock.now().getTime() <= LIMITS.clockSkew) return;
    throw new Problem('clock-unsafe', `the clock is behind the audit entry of ${formatInstant(new Date(newest))}`);
  };
}
