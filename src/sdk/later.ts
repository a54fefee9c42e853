/**
 * A browser verifies signatures and inflates only asynchronously; the verifier of the service does both at once, in the middle
 * of a check. So a check that needs such an answer ends there, the answer is got, and the whole is done again with it: what
 * came out of a run in which anything was missing is thrown away. Nothing here decides what an answer means.
 */
type Answer = { value: unknown } | { error: unknown };

/** Each round answers one question at least; a badge with its register and lists asks a few dozen. */
const ROUNDS = 500;

interface Run {
  known: Map<string, Answer>;
  missing: Map<string, () => Promise<unknown>>;
}

let current: Run | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * The answer to a question that only a promise can answer.
 * @param name equal for equal questions only @throws what the promise rejected with
 */
export function later<T>(name: string, ask: () => Promise<T>): T {
  if (!current) throw new Error('asked outside of `untilAnswered`');
  const found = current.known.get(name);
  if (!found) {
    current.missing.set(name, ask);
    throw new Error('not answered yet: this run will be done again');
  }
  if ('error' in found) throw found.error;
  return found.value as T;
}

/**
 * Does work again until everything it asks `later` is answered. One at a time: what is missing must be known to be of this one.
 * @param work has no effects, and gives the same for the same answers @throws what it throws in its last run
 */
export function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(() => rounds(work));
  last = mine.catch(() => undefined);
  return mine;
}

async function rounds<T>(work: () => Promise<T>): Promise<T> {
  const known = new Map<string, Answer>();
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const run: Run = { known, missing: new Map() };
      current = run;
      const outcome = await work().then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      if (run.missing.size === 0) {
        if ('error' in outcome) throw outcome.error;
        return outcome.value;
      }
      for (const [name, ask] of run.missing) {
        known.set(
          name,
          await ask().then(
            (value) => ({ value }),
            (error: unknown) => ({ error }),
          ),
        );
      }
    }
    throw new Error(`not answered after ${ROUNDS} rounds`);
  } finally {
    current = undefined;
  }
}
