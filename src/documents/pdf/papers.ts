import { Problem, startThread, type ThreadCalls } from '#kernel';
import type { CertificateInput } from './certificate.ts';
import type { TranscriptInput } from './transcript.ts';

export type PaperQuestion =
  | { kind: 'certificate'; input: CertificateInput }
  | { kind: 'transcript'; input: TranscriptInput };

export type PaperAnswer = { bytes: Uint8Array } | { error: string };

/** Makes papers in a thread of their own, started for the first: one takes about 200 ms, most of it in reading the font. */
export interface Papers {
  /** PDF/A-3a, tagged; the same bytes for the same input. @throws Problem `unavailable` when too many are being made */
  certificate(input: CertificateInput): Promise<Uint8Array>;
  /** As `certificate`. */
  transcript(input: TranscriptInput): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Three seconds of work; who comes then is told to come again. */
const MOST_WAITING = 16;

export function createPapers(): Papers {
  let thread: Promise<ThreadCalls<PaperQuestion, PaperAnswer>> | undefined;
  let closed = false;
  const ended = () => new Problem('unavailable', 'the thread that makes papers has ended');

  async function running() {
    if (closed) throw ended();
    const calls = await thread?.catch(() => undefined);
    if (calls?.alive) return calls;
    thread = startThread(new URL('./thread-body.ts', import.meta.url), {}, ended);
    return thread;
  }

  async function make(question: PaperQuestion): Promise<Uint8Array> {
    const calls = await running();
    if (calls.waiting >= MOST_WAITING) throw new Problem('unavailable', 'too many papers are being made');
    const answer = await calls.ask(question);
    if ('error' in answer) throw new Error(`a paper could not be made: ${answer.error}`);
    return answer.bytes;
  }

  return {
    certificate: (input) => make({ kind: 'certificate', input }),
    transcript: (input) => make({ kind: 'transcript', input }),
    async close() {
      closed = true;
      const calls = await thread?.catch(() => undefined);
      await calls?.terminate();
    },
  };
}
