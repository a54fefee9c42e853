import type { MessagePort, ResourceLimits } from 'node:worker_threads';
import { readyThread } from './small-thread.ts';

/** Questions and answers cross in groups: a message wakes a thread, which costs more than a question. */
export interface Numbered<T> {
  id: number;
  what: T;
}

/**
 * Emptied when it is answered: a map that grows and shrinks all the time leaves old tables behind, each holding the next, and what
 * they hold lives until the whole heap is looked through.
 */
interface Asked<A> {
  promise: PromiseWithResolvers<A> | undefined;
}

/** Of one thread that answers questions. */
export interface ThreadCalls<Q, A> {
  /** @throws what `ended` gives, when the thread ends before it has answered */
  ask(question: Q): Promise<A>;
  /** Said after what was asked before it; not answered. */
  say(last: Q): void;
  /** False once the thread has ended, however that came. */
  readonly alive: boolean;
  /** Questions that are not answered yet. */
  readonly waiting: number;
  readonly exited: Promise<void>;
  /** At once, whatever it is asked. */
  terminate(): Promise<unknown>;
}

/** Milliseconds; on a busy machine a thread takes some seconds. */
const START = 30_000;

/**
 * What is asked in one turn of the loop goes in one message. The thread keeps the process alive only while it is asked.
 * @param body says something when it is ready
 * @param ended the error of questions that nobody will answer
 * @throws what the thread dies of before it is ready
 */
export async function startThread<Q, A>(
  body: URL,
  workerData: object,
  ended: () => Error,
  resourceLimits: ResourceLimits = {},
): Promise<ThreadCalls<Q, A>> {
  const worker = await readyThread(body, { workerData, resourceLimits }, START);
  const waiting = new Map<number, Asked<A>>();
  let questions: Numbered<Q>[] = [];
  let last = 0;
  let alive = true;
  const exited = new Promise<void>((done) => {
    worker.once('exit', () => {
      alive = false;
      for (const { promise } of waiting.values()) promise?.reject(ended());
      waiting.clear();
      done();
    });
  });
  worker.on('message', (answers: Numbered<A>[]) => {
    for (const { id, what } of answers) {
      const asked = waiting.get(id);
      waiting.delete(id);
      asked?.promise?.resolve(what);
      if (asked) asked.promise = undefined;
    }
    if (waiting.size === 0) worker.unref();
  });
  worker.unref();

  function send(what: Q): number {
    if (questions.length === 0) {
      setImmediate(() => {
        const all = questions;
        questions = [];
        worker.postMessage(all);
      });
    }
    questions.push({ id: ++last, what });
    return last;
  }

  return {
    get alive() {
      return alive;
    },
    get waiting() {
      return waiting.size;
    },
    exited,
    terminate: () => worker.terminate(),
    ask(question) {
      if (!alive) return Promise.reject(ended());
      worker.ref();
      const promise = Promise.withResolvers<A>();
      waiting.set(send(question), { promise });
      return promise.promise;
    },
    say(what) {
      worker.ref();
      if (alive) send(what);
    },
  };
}

/**
 * The other side, in the body of the thread. What becomes known in one go is told in one message, before anything else has its
 * turn.
 * @param answer resolves always: an error is an answer, as this thread means it to be read
 * @param most answers of one message: whoever answers one after the other lets those who asked go on meanwhile
 */
export function answerCalls<Q, A>(
  port: MessagePort,
  answer: (question: Q) => Promise<A> | undefined,
  most = Number.POSITIVE_INFINITY,
): void {
  let answers: Numbered<A>[] = [];

  function tell(): void {
    if (answers.length > 0) port.postMessage(answers);
    answers = [];
  }

  port.on('message', (questions: Numbered<Q>[]) => {
    for (const { id, what } of questions) {
      void answer(what)?.then((one) => {
        if (answers.length === 0) process.nextTick(tell);
        if (answers.push({ id, what: one }) === most) tell();
      });
    }
  });
}
