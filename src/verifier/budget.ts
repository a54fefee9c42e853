import { createTurnstile, LIMITS, Problem } from '#kernel';
import type { FetchBudget } from '#net';

export interface BudgetLimits {
  /** Milliseconds for the whole verification. */
  ms: number;
  fetches: number;
  parallel: number;
  /** Fetches of `careful` that may end badly; default: as many as may be fetched at all. */
  failures?: number;
}

export const VERIFY_LIMITS: BudgetLimits = {
  ms: LIMITS.verifyMs,
  fetches: LIMITS.verifyFetches,
  parallel: LIMITS.verifyParallelFetches,
};

/** What one verification may spend; shared by everything it fetches. */
export interface Budget extends FetchBudget {
  /**
   * Runs work that may go out, at most `parallel` at once and never past the end of the budget.
   * @throws Problem `fetch-failed` with code `budget` when the time is up
   */
  slot<T>(work: () => Promise<T>): Promise<T>;
  /**
   * The same for an address that a credential names, which may be anybody's: what has failed and what is on its way are
   * together never more than may fail, so that hundred addresses of strangers make a few requests and not a hundred.
   * @throws Problem `fetch-failed` with code `budget` when too many have failed
   */
  careful<T>(work: () => Promise<T>, good: (value: T) => boolean): Promise<T>;
}

/** @param monotonic milliseconds that never jump; not the clock of the documents */
export function createBudget(limits: BudgetLimits, monotonic: () => number): Budget {
  const end = monotonic() + limits.ms;
  const places = createTurnstile(limits.parallel);
  let left = limits.fetches;
  const { failures = Number.POSITIVE_INFINITY } = limits;
  let [failed, trying] = [0, 0];
  const ended: (() => void)[] = [];

  const remainingMs = () => Math.max(0, end - monotonic());
  const overBudget = () =>
    new Problem('fetch-failed', 'the time for this verification is used up', { extensions: { code: 'budget' } });

  const slot: Budget['slot'] = (work) =>
    places.pass(async () => {
      let timer: NodeJS.Timeout | undefined;
      try {
        const ms = remainingMs();
        if (ms <= 0) throw overBudget();
        const late = new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(overBudget()), ms);
        });
        return await Promise.race([work(), late]);
      } finally {
        clearTimeout(timer);
      }
    });

  return {
    remainingMs,
    take() {
      if (left <= 0 || remainingMs() <= 0) return false;
      left--;
      return true;
    },
    slot,
    async careful(work, good) {
      while (failed + trying >= failures) {
        if (failed >= failures) {
          throw new Problem('fetch-failed', 'too many addresses did not answer', { extensions: { code: 'budget' } });
        }
        await new Promise<void>((resolve) => ended.push(resolve));
      }
      trying++;
      let fine = false;
      try {
        const value = await slot(work);
        fine = good(value);
        return value;
      } finally {
        trying--;
        if (!fine) failed++;
        for (const wake of ended.splice(0)) wake();
      }
    },
  };
}
