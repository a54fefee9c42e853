/** At most `limit` at once for each key; the others wait their turn. */
export function createGate(limit: number): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();
  return async (key, work) => {
    while ((running.get(key) ?? 0) >= limit) {
      await new Promise<void>((turn) => waiting.set(key, [...(waiting.get(key) ?? []), turn]));
    }
    running.set(key, (running.get(key) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = running.get(key)! - 1;
      if (left === 0) running.delete(key);
      else running.set(key, left);
      const [next, ...rest] = waiting.get(key) ?? [];
      if (rest.length === 0) waiting.delete(key);
      else waiting.set(key, rest);
      next?.();
    }
  };
}
