import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Json, LIMITS } from '#kernel';
import type { ContextSource } from '../contexts.ts';
import type { Digest } from '../keys.ts';
import { CanonicalizationError } from './outcome.ts';
import type { WorkerAnswer, WorkerQuestion } from './worker.ts';

const QUEUE = 64;
/** So many times the budget by the clock on the wall, of a thread that other work keeps from running. */
const PATIENCE = 20;

/**
 * Canonicalises in a thread that is killed, not asked, when its CPU time is over. A new one costs as much as the budget, so
 * that this is for what nothing else stops: graphs are stopped by the count of digests, and the thread lives on.
 */
export interface BoundedCanonicalizer {
  /** Work factor 2. @throws CanonicalizationError; `work_limit` after the budget, or when too many wait */
  run(document: Json, digest?: Digest): Promise<string>;
  close(): Promise<void>;
}

/** One warm thread; one document at a time, because two cores gain nothing from more. */
export function createBoundedCanonicalizer(
  source: ContextSource,
  budgetMs: number = LIMITS.canonicalizeMs,
): BoundedCanonicalizer {
  let warm: Promise<Worker> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let closed = false;

  const kill = async (worker: Worker): Promise<void> => {
    warm = undefined;
    await worker.terminate();
  };

  const one = async (question: WorkerQuestion): Promise<string> => {
    if (closed) throw new CanonicalizationError('work_limit', 'the canonicaliser is closed');
    warm ??= start(source);
    const worker = await warm.catch((cause: unknown) => {
      warm = undefined;
      throw new CanonicalizationError('work_limit', 'the canonicaliser did not start', { cause });
    });
    const answer = await ask(worker, question, budgetMs);
    if (answer === undefined) {
      await kill(worker);
      if (!closed) warm = start(source);
      warm?.catch(() => undefined);
      throw new CanonicalizationError('work_limit', `canonicalisation took more than ${budgetMs} ms`);
    }
    if ('nquads' in answer) return answer.nquads;
    throw new CanonicalizationError(answer.code, answer.detail, { pointer: answer.pointer });
  };

  return {
    async run(document, digest = 'sha256') {
      if (waiting >= QUEUE)
        throw new CanonicalizationError('work_limit', 'too many documents wait for the canonicaliser');
      const text = JSON.stringify(document);
      waiting++;
      const turn = last.then(() => one({ text, digest })).finally(() => waiting--);
      last = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      closed = true;
      const worker = await warm?.catch(() => undefined);
      if (worker) await kill(worker);
    },
  };
}

/** Waits until contexts are read and code is warm, so that none of it counts against a document. */
async function start(source: ContextSource): Promise<Worker> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { ...source },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  worker.on('error', () => undefined);
  try {
    await once(worker, 'message', { signal: AbortSignal.timeout(LIMITS.canonicalizeWorkerStartMs) });
  } catch (cause) {
    await worker.terminate();
    throw cause;
  }
  worker.unref();
  return worker;
}

/** The answer, or undefined when the time is over or the thread has died. */
function ask(worker: Worker, question: WorkerQuestion, budgetMs: number): Promise<WorkerAnswer | undefined> {
  return new Promise((resolve) => {
    let open = true;
    const done = (answer?: WorkerAnswer): void => {
      if (!open) return;
      open = false;
      clearInterval(looks);
      clearTimeout(last);
      worker.off('message', done);
      worker.off('exit', died);
      worker.unref();
      resolve(answer);
    };
    const died = (): void => done();
    const before = cpuMs(worker);
    const looks = setInterval(async () => {
      // Also true of a thread whose time is not known, because it has died.
      if (!((await cpuMs(worker)) - (await before) < budgetMs)) done();
    }, budgetMs);
    // If this thread was busy, an answer may already wait behind the timer: let it be read first.
    const last = setTimeout(() => setImmediate(() => setImmediate(() => done())), PATIENCE * budgetMs);
    worker.on('message', done);
    worker.on('exit', died);
    worker.ref();
    worker.postMessage(question);
  });
}

/** CPU time since the thread began; not a number when it has died. */
async function cpuMs(worker: Worker): Promise<number> {
  try {
    const { user, system } = await worker.cpuUsage();
    return (user + system) / 1_000;
  } catch {
    return Number.NaN;
  }
}
