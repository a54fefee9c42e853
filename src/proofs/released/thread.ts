import type { MethodResolution } from '#identifiers';
import { Problem, startThread } from '#kernel';
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

/** What the reference library alone is asked. */
export interface LibraryQuestion {
  library: Parameters<LibraryCheck>;
}

export type LibraryAnswer = { verified: Awaited<ReturnType<LibraryCheck>> } | { failed: string };

/** Checks texts about to be released, from the text on, in a thread that sees no private key and nothing of strangers. */
export interface ReleaseThread {
  /** @throws Problem `unavailable` when the thread ends first: never a pass */
  check(question: ReleaseQuestion): Promise<ReleaseAnswer>;
  /** Between those, a little at a time. @throws Error when there is no answer */
  library: LibraryCheck;
  readonly alive: boolean;
  close(): Promise<void>;
}

/** @throws what the thread dies of before it is ready */
export async function startReleaseThread(source: ContextSource): Promise<ReleaseThread> {
  const ended = () => new Problem('unavailable', 'the thread that checks what is released has ended');
  const body = new URL('./thread-body.ts', import.meta.url);
  const calls = await startThread<ReleaseQuestion | LibraryQuestion, ReleaseAnswer | LibraryAnswer>(
    body,
    source,
    ended,
  );
  return {
    get alive() {
      return calls.alive;
    },
    check: (question) => calls.ask(question) as Promise<ReleaseAnswer>,
    async library(...library) {
      const answer = (await calls.ask({ library })) as LibraryAnswer;
      if ('failed' in answer) throw new Error(answer.failed);
      return answer.verified;
    },
    async close() {
      await calls.terminate();
    },
  };
}
