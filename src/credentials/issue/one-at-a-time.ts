/** Emptied at its end: old tables of a map live on until the whole heap is looked through, with what they hold. */
interface Running {
  done: Promise<unknown> | undefined;
}

/** In this process one at a time for each name, whatever becomes of the one before. Among processes the store decides. */
export function oneAtATime<T>(): (name: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Running>();
  return async (name, work) => {
    while (running.has(name)) await running.get(name)!.done?.catch(() => undefined);
    const done = work();
    const mine: Running = { done };
    running.set(name, mine);
    try {
      return await done;
    } finally {
      running.delete(name);
      mine.done = undefined;
    }
  };
}
