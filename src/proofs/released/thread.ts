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
 * those it does what else our own documents are held against; while it makes a plan, which takes as long as some hundred
 * checks, those wait.
 */
export interface ReleaseThread extends OwnReference {
  /** @throws Problem `unavailable` when the thread ends first: never a pass */
  check(question: ReleaseQuestion): Promise<ReleaseAnswer>;
  /** @throws Error when there is no answer */
  library: LibraryCheck;
  readonly alive: boolean;
  close(): Promise<void>;
}

/** Milliseconds for anything but a check, while the machine does other things as well: whatever takes longer ends the thread. */
const PATIENCE = 30_000;
const LIMITED = { maxOldGenerationSizeMb: 256 };

/** @throws what the thread dies of before it is ready */
export async function startReleaseThread(source: ContextSource): Promise<ReleaseThread> {
  const ended = () => new Problem('unavailable', 'the thread that checks what is released has ended');
  const body = new URL('./thread-body.ts', import.meta.url);
  const calls = await startThread<ReleaseQuestion | OwnQuestion, ReleaseAnswer | OwnAnswer>(
    body,
    source,
    ended,
    LIMITED,
  );

  async function own<T>(question: OwnQuestion): Promise<T> {
    const late = setTimeout(() => void calls.terminate(), PATIENCE);
    try {
      const answer = (await calls.ask(question)) as OwnAnswer;
      if ('failed' in answer) throw new Error(answer.failed);
      return answer.done as T;
    } finally {
      clearTimeout(late);
    }
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

/** The thread from when it is wanted, and a new one when it is wanted a while after the last was started and has ended. */
export interface ReleaseThreadOnDemand {
  /** Undefined until it runs, and once it has ended. */
  readonly running: ReleaseThread | undefined;
  /** @returns undefined when it does not start, or it is too early for another */
  wanted(): Promise<ReleaseThread | undefined>;
  close(): Promise<void>;
}

/** Milliseconds between two starts: what cannot start, or ends at once, is not worth more of a machine in need. */
const REST = 30_000;

/**
 * @param failed is told why it did not start
 * @param now milliseconds that never jump
 */
export function releaseThreadOnDemand(
  start: () => Promise<ReleaseThread>,
  failed: (error: unknown) => void = () => undefined,
  now = () => performance.now(),
): ReleaseThreadOnDemand {
  let thread: ReleaseThread | undefined;
  let starting: Promise<void> | undefined;
  let startedAt = Number.NEGATIVE_INFINITY;
  let closed = false;

  async function begin(): Promise<void> {
    startedAt = now();
    thread = await start().catch((error: unknown) => {
      failed(error);
      return undefined;
    });
    starting = undefined;
  }

  const running = () => (thread?.alive ? thread : undefined);
  return {
    get running() {
      return running();
    },
    async wanted() {
      if (!running() && !closed && !starting && now() - startedAt >= REST) starting = begin();
      await starting;
      return running();
    },
    async close() {
      closed = true;
      await starting;
      await thread?.close();
    },
  };
}
