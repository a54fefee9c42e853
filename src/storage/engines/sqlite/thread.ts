import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Problem } from '#kernel';
import type { AnyWrite } from '../../storage.ts';
import { type Answer, arrived, type Question } from './crossing.ts';

export interface WriterThread {
  commit(writes: readonly AnyWrite[]): Promise<void>;
  /** False once it has ended, however that came: it takes no more calls. */
  readonly alive: boolean;
  /** When what it was given is durable and its connection is closed. */
  close(): Promise<void>;
}

interface Waiting {
  done(): void;
  failed(error: unknown): void;
}

/**
 * A thread with a writing connection of its own: the loop that answers requests waits for no disk and runs no statement.
 * @throws what the thread dies of before it is ready
 */
export async function startWriterThread(path: string): Promise<WriterThread> {
  const worker = new Worker(new URL('./writer-thread.ts', import.meta.url), { workerData: { path } });
  worker.on('error', () => undefined);
  await once(worker, 'message');

  const waiting = new Map<number, Waiting>();
  let questions: Question[] = [];
  let last = 0;
  let alive = true;
  const exited = new Promise<void>((done) => {
    worker.once('exit', () => {
      alive = false;
      // Perhaps durable, perhaps not: as after a lost connection.
      for (const { failed } of waiting.values()) failed(new Problem('unavailable', 'the thread that writes has ended'));
      done();
    });
  });
  worker.on('message', (answers: Answer[]) => {
    for (const { id, error } of answers) {
      const call = waiting.get(id)!;
      waiting.delete(id);
      if (error) call.failed(arrived(error));
      else call.done();
    }
    // Only open calls keep the process alive.
    if (waiting.size === 0) worker.unref();
  });
  worker.unref();

  function send(question: Question): void {
    // One message for what is asked in one turn, and so one commit.
    if (questions.length === 0) {
      setImmediate(() => {
        worker.postMessage(questions);
        questions = [];
      });
    }
    questions.push(question);
  }

  return {
    get alive() {
      return alive;
    },
    commit(writes) {
      return new Promise((done, failed) => {
        const id = ++last;
        waiting.set(id, { done, failed });
        worker.ref();
        send({ id, writes });
      });
    },
    close() {
      worker.ref();
      if (alive) send('close');
      return exited;
    },
  };
}
