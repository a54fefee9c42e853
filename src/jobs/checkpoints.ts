import { LIMITS } from '#kernel';
import type { Log } from '#observability';
import { startLoop, type Worker } from './worker.ts';

/**
 * Signs the log at once, then every hour when something was added.
 * @param onError told of every failure; the next attempt is at the next hour
 */
export function startCheckpoints(log: Pick<Log, 'checkpoint'>, onError: (error: unknown) => void): Worker {
  const work = async () => {
    await log.checkpoint();
    return false;
  };
  return startLoop(work, { intervalMs: LIMITS.checkpointInterval, onError });
}
