import { LIMITS, Problem } from '#kernel';
import type { FetchBudget } from '#net';

export interface BudgetLimits {
  /** Milliseconds for the whole verification. */
  ms: number;
  fetches: number;
  parallel: number;
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
}

/** @param monotonic milliseconds that never jump; not the clock of the documents */
export function createBudget(limits: BudgetLimits, monotonic: () => number): Budget {
  const end = monotonic() + limits.ms;
  const waiting: (() => void)[] = [];
  let running = 0;
  let left = limits.fetches;

  const remainingMs = () => Math.max(0, end - monotonic());
  const overBudget = () =>
    new Problem('fetch-failed', 'the time for this verification is used up', { extensions: { code: 'budget' } });

  return {
    remainingMs,
    take() {
      if (left <= 0 || remainingMs() <= 0) return false;
      left--;
      return true;
    },
    async slot(work) {
      if (running >= limits.parallel) await new Promise<void>((resolve) => waiting.push(resolve));
      else running++;
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
        // The slot is handed on, so the number running does not change.
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
}
