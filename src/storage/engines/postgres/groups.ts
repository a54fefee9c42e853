interface Waiting<W> {
  writes: readonly W[];
  settle: { resolve(): void; reject(error: unknown): void };
}

interface Options<W> {
  /** Groups at work at a time: while one waits for its place in the order, the next does what needs none. */
  width: number;
  /** Writes of a group; a call with more is a group of its own. */
  most: number;
  /** All of these or none. */
  persist(writes: readonly W[]): Promise<void>;
  /** Whether calls may be tried apart after this error of their group: it was about one of them, not about the store. */
  concernsOne(error: unknown): boolean;
}

/**
 * Calls that come while others are at work wait for each other and are made durable together: one transaction, one flush to
 * disk, one turn in the order. Each still is all or nothing by itself: a group that is refused is tried in parts.
 */
export function createGroups<W>({ width, most, persist, concernsOne }: Options<W>) {
  const queue: Waiting<W>[] = [];
  let inside = 0;

  function next(): Waiting<W>[] {
    const group = queue.splice(0, 1);
    let count = group[0]!.writes.length;
    while (queue.length > 0 && count + queue[0]!.writes.length <= most) {
      count += queue[0]!.writes.length;
      group.push(queue.shift()!);
    }
    return group;
  }

  async function settle(group: readonly Waiting<W>[]): Promise<void> {
    try {
      await persist(group.flatMap(({ writes }) => writes));
      for (const one of group) one.settle.resolve();
    } catch (error) {
      const half = group.length >> 1;
      if (half > 0 && concernsOne(error)) {
        // In halves, so that one that is refused costs the others little.
        await settle(group.slice(0, half));
        await settle(group.slice(half));
      } else {
        for (const one of group) one.settle.reject(error);
      }
    }
  }

  async function work(): Promise<void> {
    inside++;
    while (queue.length > 0) await settle(next());
    inside--;
  }

  return (writes: readonly W[]): Promise<void> =>
    new Promise((resolve, reject) => {
      queue.push({ writes, settle: { resolve, reject } });
      if (inside < width) void work();
    });
}
