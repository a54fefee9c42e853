import { Worker } from 'node:worker_threads';
import { createTurnstile, LIMITS, Problem } from '#kernel';
import type { Baked } from '../baked.ts';
import { refuseImage } from '../refusal.ts';

/** What the thread that read the file says. */
export type PdfFound =
  /** The attachments that are badges, as JSON and as tokens. */
  { outcome: 'read'; documents: string[]; tokens: string[] } | { outcome: 'broken' | 'locked' | 'too_much' };

/** Attachments so called go with a paper; it is not about them. Those of our transcripts. */
export const COMPONENT = 'component-';

const REFUSALS = {
  broken: ['pdf_broken', 'the file is no PDF that can be read'],
  locked: ['pdf_locked', 'the file is encrypted'],
  too_much: ['pdf_too_much', 'reading the file takes more time or memory than it is given'],
} as const;

/**
 * The badge attached to a PDF: exactly one, as `onlyOne` wants it of pictures. Where the same file has the badge as JSON and as a token, the JSON is taken. Read
 * with pdf.js in a thread of its own that is ended afterwards; nothing is drawn, run or fetched.
 * @throws Problem `invalid-image` with a stable `code`; `unavailable` when too many are being read
 */
export async function extractPdf(bytes: Uint8Array): Promise<Baked> {
  if (bytes.byteLength > LIMITS.imageBytes) {
    throw refuseImage('image_bytes', `the file is larger than ${LIMITS.imageBytes} bytes`);
  }
  if (threads.waiting >= LIMITS.pdfsWaiting) throw new Problem('unavailable', 'too many files are being read');
  const found = await threads.pass(() => readInThread(bytes));
  if (found.outcome !== 'read') {
    const [code, detail] = REFUSALS[found.outcome];
    throw refuseImage(code, detail);
  }
  const { documents, tokens } = found;
  const [text, another] = documents.length > 0 ? documents : tokens;
  if (text === undefined) throw refuseImage('pdf_no_badge', 'there is no badge attached to this PDF');
  if (another !== undefined) throw refuseImage('pdf_twice', 'there is more than one badge attached to this PDF');
  return { edition: 'open-badges-3', text };
}

/** Two threads at a time are as much as a small machine can lend to strangers. */
const threads = createTurnstile(LIMITS.pdfsAtOnce);

async function readInThread(bytes: Uint8Array): Promise<PdfFound> {
  const worker = new Worker(new URL('./read-body.ts', import.meta.url), {
    // A copy: what is given to the thread is its own.
    workerData: Uint8Array.from(bytes),
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: LIMITS.pdfHeapMegabytes, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    // What the reader complains of is nobody's log.
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const failed = () => reject(new Problem('unavailable', 'the thread that reads PDFs did not start'));
      const tooMuch = () => resolve({ outcome: 'too_much' });
      let ended = failed;
      timer = setTimeout(failed, LIMITS.pdfStartMs);
      worker.on('message', (said: 'ready' | PdfFound) => {
        if (said !== 'ready') return resolve(said);
        ended = tooMuch;
        clearTimeout(timer);
        timer = setTimeout(tooMuch, LIMITS.pdfReadMs);
      });
      // Out of memory, or a fault of the reader on a file made for it.
      worker.on('error', () => ended());
      worker.on('exit', () => ended());
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
