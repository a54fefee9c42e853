import { Problem, startThread } from '#kernel';
import type { AnyWrite } from '../../storage.ts';
import { type Answer, arrived, type Question } from './crossing.ts';

export interface WriterThread {
  commit(writes: readonly AnyWrite[]): Promise<void>;
  /** False once it has ended, however that came: it takes no more calls. */
  readonly alive: boolean;
  /** When what it was given is durable and its connection is closed. */
  close(): Promise<void>;
}

/**
 * A thread with a writing connection of its own: the loop that answers requests waits for no disk and runs no statement.
 * What is committed in one turn of that loop shares a transaction.
 * @throws what the thread dies of before it is ready
 */
export async function startWriterThread(path: string): Promise<WriterThread> {
  // Perhaps durable, perhaps not: as after a lost connection.
  const ended = () => new Problem('unavailable', 'the thread that writes has ended');
  const body = new URL('./writer-thread.ts', import.meta.url);
  const calls = await startThread<Question, Answer>(body, { path }, ended);

  return {
    get alive() {
      return calls.alive;
    },
    async commit(writes) {
      const { error } = await calls.ask(writes);
      if (error) throw arrived(error);
    },
    close() {
      calls.say('close');
      return calls.exited;
    },
  };
}
