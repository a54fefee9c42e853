import type { MethodResolution } from '#identifiers';
import { Problem, startThread } from '#kernel';
import type { ContextSource } from '../contexts.ts';

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

/** Checks texts about to be released, from the text on, in a thread that sees no private key and nothing of strangers. */
export interface ReleaseThread {
  /** @throws Problem `unavailable` when the thread ends first: never a pass */
  check(question: ReleaseQuestion): Promise<ReleaseAnswer>;
  readonly alive: boolean;
  close(): Promise<void>;
}

/** @throws what the thread dies of before it is ready */
export async function startReleaseThread(source: ContextSource): Promise<ReleaseThread> {
  const ended = () => new Problem('unavailable', 'the thread that checks what is released has ended');
  const body = new URL('./thread-body.ts', import.meta.url);
  const calls = await startThread<ReleaseQuestion, ReleaseAnswer>(body, source, ended);
  return {
    get alive() {
      return calls.alive;
    },
    check: (question) => calls.ask(question),
    async close() {
      await calls.terminate();
    },
  };
}
