/** Without `Retry-After` (OB 3.0, standard text of 6.2): so long, and so many more tries. */
const REST_MS = 30 * 60_000;
const MORE_TRIES = 2;
/** A host that says when it is asked again so many times, each time for a day at most. */
const MOST_ATTEMPTS = 10;
const PATIENCE_MS = 24 * 3_600_000;
/** Sooner than this nobody is asked again, whatever is said. */
const LEAST_MS = 1_000;

/** RFC 9110, 10.2.3: seconds or a date. @returns undefined for none, or one that is not understood */
function askedMs(retryAfter: string | undefined, now: Date): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d{1,9}$/.test(retryAfter.trim())) return Number(retryAfter) * 1_000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

/**
 * When to ask a host again that could not answer. @param so failed attempts so far, without this one
 * @returns undefined when it is given up
 */
export function nextTry(
  so: { attempts: number; tries: number },
  retryAfter: string | undefined,
  now: Date,
): { attempts: number; tries: number; due: Date } | undefined {
  const attempts = so.attempts + 1;
  const asked = askedMs(retryAfter, now);
  const tries = asked === undefined ? so.tries + 1 : so.tries;
  if (tries > MORE_TRIES || attempts > MOST_ATTEMPTS) return undefined;
  const wait = asked === undefined ? REST_MS : Math.min(Math.max(asked, LEAST_MS), PATIENCE_MS);
  return { attempts, tries, due: new Date(now.getTime() + wait) };
}
