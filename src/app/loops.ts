import type { Logger } from 'pino';
import { startLoop, type Work, type Worker } from '#jobs';

/** Work that is done again and again; milliseconds of rest after a round without work; what is said when one fails. */
export type Loop = readonly [work: Work, intervalMs: number, failed: string, level?: 'error' | 'fatal'];

export const startLoops = (logger: Logger, loops: readonly Loop[]): Worker[] =>
  loops.map(([work, intervalMs, failed, level = 'error']) =>
    startLoop(work, { intervalMs, onError: (error) => logger[level]({ err: error }, failed) }),
  );
