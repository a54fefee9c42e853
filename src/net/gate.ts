/**
 * At most `limit` at once for each key; the others wait their turn, in order.
 * @returns runs `work`, or rejects with the reason of `signal` when that comes first: nobody waits past his own time
 */
export function createGate(limit: number): <T>(key: string, signal: AbortSignal, work: () => Promise<T>) => Promise<T> {
  const lanes = new Map<string, { running: number; waiting: Set<() => void> }>();
  return async (key, signal, work) => {
    const lane = lanes.get(key) ?? { running: 0, waiting: new Set() };
    lanes.set(key, lane);
    if (lane.running < limit) lane.running++;
    else await turn(lane.waiting, signal);
    try {
      return await work();
    } finally {
      // A place is handed on, so the number running does not change.
      const [next] = lane.waiting;
      if (next) next();
      else if (--lane.running === 0) lanes.delete(key);
    }
  };
}

function turn(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((done, reject) => {
    const leave = () => {
      waiting.delete(go);
      reject(signal.reason);
    };
    const go = () => {
      waiting.delete(go);
      signal.removeEventListener('abort', leave);
      done();
    };
    if (signal.aborted) return reject(signal.reason);
    waiting.add(go);
    signal.addEventListener('abort', leave);
  });
}
