/** A loop that can be stopped. */
export interface Worker {
  /** Resolves when the piece of work at hand is finished. */
  stop(): Promise<void>;
}

/** Resolves to whether there was something to do. */
export type Work = (stopping: () => boolean) => Promise<boolean>;

/**
 * Runs `work` again and again; rests `intervalMs` when there was nothing to do or it failed.
 * @param onError told of every failure; the loop goes on
 */
export function startLoop(
  work: Work,
  { intervalMs, onError }: { intervalMs: number; onError?: (error: unknown) => void },
): Worker {
  let stopping = false;
  let wake = () => {};
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, intervalMs);
      timer.unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    while (!stopping) {
      const busy = await work(() => stopping).catch((error: unknown) => {
        onError?.(error);
        return false;
      });
      if (!busy && !stopping) await rest();
    }
  })();
  return {
    stop() {
      stopping = true;
      wake();
      return loop;
    },
  };
}

/**
 * Of several loops that begin at once, each makes its first round after that of the one before: a start is no crowd that writes.
 * One that is stopped before its turn makes none. Later rounds wait for nobody.
 */
export function oneAfterAnother(): (work: Work) => Work {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const before = last;
    let first: Promise<boolean> | undefined;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    last = promise;
    return (stopping) => {
      if (first) return work(stopping);
      first = before.then(() => (stopping() ? false : work(stopping)));
      void first.then(resolve, resolve);
      return first;
    };
  };
}
