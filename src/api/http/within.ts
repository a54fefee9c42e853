import { setTimeout as wait } from 'node:timers/promises';

/** What is found, or undefined when that takes longer; it is still being looked for then. Rejects as the finding does. */
export async function within<T>(milliseconds: number, finding: Promise<T>): Promise<T | undefined> {
  const patience = new AbortController();
  const late = wait(milliseconds, undefined, { signal: patience.signal }).catch(() => undefined);
  try {
    return await Promise.race([finding, late]);
  } finally {
    patience.abort();
  }
}
