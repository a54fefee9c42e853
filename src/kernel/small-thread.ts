import { setFlagsFromString } from 'node:v8';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Of each half of the space for the youngest objects, in MiB. */
const YOUNG = 2;

/**
 * A thread whose youngest objects have less room than those of the thread that answers requests, whose size is a flag of the
 * process: the flag wins over `resourceLimits`, and is read when a thread begins. Each holds up to 60 MiB less.
 */
export function smallThread(body: URL, options: WorkerOptions): Worker {
  for (const flag of ['max', 'min']) setFlagsFromString(`--${flag}-semi-space-size=${YOUNG}`);
  return new Worker(body, options);
}
