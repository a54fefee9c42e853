import type { Worker } from 'node:worker_threads';
import { type Json, type JsonObject, LIMITS, readyThread } from '#kernel';
import type { ContextSource } from '../contexts.ts';
import type { Digest } from '../keys.ts';
import { CanonicalizationError } from './outcome.ts';
import type { Compiled, WorkerAnswer, WorkerQuestion } from './worker.ts';

const QUEUE = 64;
/** With more than so many before it, a small document is sooner done elsewhere. */
const FEW = 8;
/** So many times the budget by the clock on the wall, of a thread that other work keeps from running. */
const PATIENCE = 20;

/**
 * Canonicalises in a thread that is killed, not asked, when its CPU time is over. A new one costs as much as the budget, so
 * that this is for what nothing else stops: graphs are stopped by the count of digests, and the thread lives on.
 */
export interface BoundedCanonicalizer {
  /** Work factor 2. @throws CanonicalizationError; `work_limit` after the budget, or when too many wait */
  run(document: Json, digest?: Digest): Promise<string>;
  /** Whether a document would be looked at almost at once; if there is no thread yet, one is started, and it says no. */
  isFree(): boolean;
  close(): Promise<void>;
}

/** Makes plans. This one in the same thread: what a stranger's document does to the JSON-LD library ends with it. */
export interface PlanCompiler {
  /** @throws CanonicalizationError `work_limit`; Error when there is no answer */
  compile(document: JsonObject): Promise<Compiled>;
}

/** A plan takes about five runs of the reference. */
const COMPILE_RUNS = 8;

/** One warm thread; one document at a time, because two cores gain nothing from more. */
export function createBoundedCanonicalizer(
  source: ContextSource,
  budgetMs: number = LIMITS.canonicalizeMs,
): BoundedCanonicalizer & PlanCompiler {
  let warm: Promise<Worker> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isWarm = false;
  let closed = false;

  const kill = async (worker: Worker): Promise<void> => {
    warm = undefined;
    isWarm = false;
    await worker.terminate();
  };

  const started = (): Promise<Worker> => {
    warm ??= start(source).then((worker) => {
      isWarm = true;
      return worker;
    });
    return warm;
  };

  const one = async (question: WorkerQuestion, mostMs: number): Promise<WorkerAnswer> => {
    if (closed) throw new CanonicalizationError('work_limit', 'the canonicaliser is closed');
    const worker = await started().catch((cause: unknown) => {
      warm = undefined;
      throw new CanonicalizationError('work_limit', 'the canonicaliser did not start', { cause });
    });
    const answer = await ask(worker, question, mostMs);
    if (answer === undefined) {
      await kill(worker);
      if (!closed) started().catch(() => undefined);
      throw new CanonicalizationError('work_limit', `canonicalisation took more than ${mostMs} ms`);
    }
    return answer;
  };

  const inTurn = (question: WorkerQuestion, mostMs: number): Promise<WorkerAnswer> => {
    if (waiting >= QUEUE)
      throw new CanonicalizationError('work_limit', 'too many documents wait for the canonicaliser');
    waiting++;
    const turn = last.then(() => one(question, mostMs)).finally(() => waiting--);
    last = turn.catch(() => undefined);
    return turn;
  };

  return {
    async run(document, digest = 'sha256') {
      const answer = await inTurn({ want: 'nquads', text: JSON.stringify(document), digest }, budgetMs);
      if ('nquads' in answer) return answer.nquads;
      throw refusal(answer);
    },
    async compile(document) {
      const answer = await inTurn({ want: 'plan', text: JSON.stringify(document) }, budgetMs * COMPILE_RUNS);
      if ('plan' in answer || 'notEligible' in answer || 'mismatch' in answer) return answer;
      throw refusal(answer);
    },
    isFree() {
      if (!warm && !closed) {
        started().catch(() => {
          warm = undefined;
        });
      }
      return isWarm && waiting < FEW;
    },
    async close() {
      closed = true;
      const worker = await warm?.catch(() => undefined);
      if (worker) await kill(worker);
    },
  };
}

function refusal(answer: WorkerAnswer): CanonicalizationError {
  if (!('code' in answer)) throw new Error('the canonicaliser answered another question');
  return new CanonicalizationError(answer.code, answer.detail, { pointer: answer.pointer });
}

/** Waits until contexts are read and code is warm, so that none of it counts against a document. */
async function start(source: ContextSource): Promise<Worker> {
  const options = { workerData: { ...source }, resourceLimits: { maxOldGenerationSizeMb: 256 } };
  const worker = await readyThread(new URL('./worker.ts', import.meta.url), options, LIMITS.canonicalizeWorkerStartMs);
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
