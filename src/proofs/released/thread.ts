import type { MethodResolution } from '#identifiers';
import { type Json, type JsonObject, Problem, startThread } from '#kernel';
import type { OwnReference } from '../canonical/plan-sets.ts';
import type { ContextSource } from '../contexts.ts';
import type { LibraryCheck } from '../library-check.ts';

/** A text about to be released, and what the issuer's document says of the key that its proof names. */
export interface ReleaseQuestion {
  text: string;
  verificationMethod: string;
  resolution: MethodResolution;
}

export interface ReleaseAnswer {
  outcome: 'pass' | 'fail' | 'unknown';
  code: string;
  /** How forms came about since the answer before, as `count` of the plan sets has it. */
  forms: string[];
  /** Plans of this thread gave a wrong form; none is used any more. */
  mismatch?: boolean;
}

/** What else is asked of our own documents, each question by what is wanted. */
export type OwnQuestion =
  | { want: 'library'; of: Parameters<LibraryCheck> }
  | { want: 'plan'; of: JsonObject }
  | { want: 'nquads'; of: Json };

export type OwnAnswer = { done: unknown } | { failed: string };

/**
 * Checks texts about to be released, from the text on, in a thread that sees no private key and nothing of strangers. Between
 * those it does, a little at a time, what else our own documents are held against.
 */
export interface ReleaseThread extends OwnReference {
  /** @throws Problem `unavailable` when the thread ends first: never a pass */
  check(question: ReleaseQuestion): Promise<ReleaseAnswer>;
  /** @throws Error when there is no answer */
  library: LibraryCheck;
  readonly alive: boolean;
  close(): Promise<void>;
}

/** @throws what the thread dies of before it is ready */
export async function startReleaseThread(source: ContextSource): Promise<ReleaseThread> {
  const ended = () => new Problem('unavailable', 'the thread that checks what is released has ended');
  const body = new URL('./thread-body.ts', import.meta.url);
  const calls = await startThread<ReleaseQuestion | OwnQuestion, ReleaseAnswer | OwnAnswer>(body, source, ended);

  async function own<T>(question: OwnQuestion): Promise<T> {
    const answer = (await calls.ask(question)) as OwnAnswer;
    if ('failed' in answer) throw new Error(answer.failed);
    return answer.done as T;
  }

  return {
    get alive() {
      return calls.alive;
    },
    check: (question) => calls.ask(question) as Promise<ReleaseAnswer>,
    library: (...of) => own({ want: 'library', of }),
    compile: (of) => own({ want: 'plan', of }),
    canonicalize: (of) => own({ want: 'nquads', of }),
    async close() {
      await calls.terminate();
    },
  };
}

/** The thread from when it is wanted, and a new one when it is wanted after the last has ended. */
export interface ReleaseThreadOnDemand {
  /** Undefined until it runs, and once it has ended. */
  readonly running: ReleaseThread | undefined;
  /** @returns undefined when it does not start */
  wanted(): Promise<ReleaseThread | undefined>;
  close(): Promise<void>;
}

export function releaseThreadOnDemand(start: () => Promise<ReleaseThread>): ReleaseThreadOnDemand {
  let thread: ReleaseThread | undefined;
  let starting: Promise<void> | undefined;
  let closed = false;

  async function begin(): Promise<void> {
    thread = await start().catch(() => undefined);
    starting = undefined;
  }

  const running = () => (thread?.alive ? thread : undefined);
  return {
    get running() {
      return running();
    },
    async wanted() {
      if (!running() && !closed) {
        starting ??= begin();
        await starting;
      }
      return running();
    },
    async close() {
      closed = true;
      await starting;
      await thread?.close();
    },
  };
}
