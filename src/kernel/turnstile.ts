export interface Turnstile {
  /** Does the work when there is a place for it. */
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** How many wait for a place. */
  readonly waiting: number;
}

/** Lets so many through at a time, the others in the order in which they came. */
export function createTurnstile(width: number): Turnstile {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    get waiting() {
      return waiting.length;
    },
    async pass(work) {
      if (inside === width) await new Promise<void>((resolve) => waiting.push(resolve));
      else inside++;
      try {
        return await work();
      } finally {
        // The place is handed on, so the number inside does not change.
        const next = waiting.shift();
        if (next) next();
        else inside--;
      }
    },
  };
}
