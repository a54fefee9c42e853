import { formatInstant, Problem, UniqueViolation } from '#kernel';
import type { LimitedUse } from './ports.ts';

/**
 * One use in the span that `now` is in; spans of equal length follow one another from 1970 on.
 * @param ms length of the span, milliseconds
 */
export function limitedUse({ key, ms, most, now }: { key: string; ms: number; most: number; now: Date }): LimitedUse {
  const start = Math.floor(now.getTime() / ms) * ms;
  return { key, span: `${ms} ${formatInstant(new Date(start))}`, endsAt: formatInstant(new Date(start + ms)), most };
}

/** The commit that takes a use. @throws Problem `rate-limited` with these words, when it was used up */
export async function unlessUsedUp(commit: Promise<void>, words: string): Promise<void> {
  try {
    await commit;
  } catch (error) {
    if (!(error instanceof UniqueViolation && error.table === 'limitedUse.limit')) throw error;
    throw new Problem('rate-limited', words);
  }
}
