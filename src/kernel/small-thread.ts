import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Of each half of the space for the youngest objects, in MiB. */
const YOUNG = 2;

/**
 * A thread whose youngest objects have less room than those of the thread that answers requests, whose size is a flag of the
 * process: the flag wins over `resourceLimits`, and is read when a thread begins. Each holds up to 60 MiB less.
 */
function smallThread(body: URL, options: WorkerOptions): Worker {
  for (const flag of ['max', 'min']) setFlagsFromString(`--${flag}-semi-space-size=${YOUNG}`);
  return new Worker(body, options);
}

/**
 * Such a thread, once it has said something: that it is ready.
 * @param mostMs milliseconds it may take
 * @throws what it dies of before that, and when it ends or takes longer
 */
export async function readyThread(body: URL, options: WorkerOptions, mostMs: number): Promise<Worker> {
  const worker = smallThread(body, options);
  worker.on('error', () => undefined);
  const gone = new AbortController();
  const end = () => gone.abort();
  worker.once('exit', end);
  try {
    await once(worker, 'message', { signal: AbortSignal.any([gone.signal, AbortSignal.timeout(mostMs)]) });
  } catch (cause) {
    await worker.terminate();
    throw cause;
  }
  worker.off('exit', end);
  return worker;
}
