import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTurnstile, LIMITS, Problem } from '#kernel';
import type { Baked } from '../baked.ts';
import { refuseImage } from '../refusal.ts';

/** What the process that read the file says, as one line of JSON. */
export type PdfFound =
  /** The attachments that are badges, as JSON and as tokens. */
  { outcome: 'read'; documents: string[]; tokens: string[] } | { outcome: 'broken' | 'locked' | 'too_much' };

/** Said first, when the reader is loaded: from here on the time is the file's. */
export const READY = 'ready';

/** Attachments so called go with a paper; it is not about them. Those of our transcripts. */
export const COMPONENT = 'component-';

const REFUSALS = {
  broken: ['pdf_broken', 'the file is no PDF that can be read'],
  locked: ['pdf_locked', 'the file is encrypted'],
  too_much: ['pdf_too_much', 'reading the file takes more time or memory than it is given'],
} as const;

/**
 * The badge attached to a PDF: exactly one, as `onlyOne` wants it of pictures. Where the same file has the badge as JSON and as a token, the JSON is taken. Read
 * with pdf.js in a process of its own that is ended afterwards; nothing is drawn, run or fetched.
 * @throws Problem `invalid-image` with a stable `code`; `unavailable` when too many are being read
 */
export async function extractPdf(bytes: Uint8Array): Promise<Baked> {
  if (bytes.byteLength > LIMITS.imageBytes) {
    throw refuseImage('image_bytes', `the file is larger than ${LIMITS.imageBytes} bytes`);
  }
  if (readers.waiting >= LIMITS.pdfsWaiting) throw new Problem('unavailable', 'too many files are being read');
  const found = await readers.pass(() => readInProcess(bytes));
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

/** Two processes at a time are as much as a small machine can lend to strangers. */
const readers = createTurnstile(LIMITS.pdfsAtOnce);

const BODY = fileURLToPath(new URL('./read-body.ts', import.meta.url));
/** By the name it has and by the one it stands under, where a folder is a link. */
function readable(relative: string): string[] {
  const path = fileURLToPath(new URL(relative, import.meta.url));
  return [path, realpathSync(path)].map((one) => `--allow-fs-read=${one}`);
}

/** It may run its own code and read that; nothing else of this machine, no data, no key, no other process. */
const flags = (): string[] => [
  ...['--permission', ...['../..', '../../../package.json', '../../../node_modules'].flatMap(readable)],
  ...['--disable-proto=delete', `--max-old-space-size=${LIMITS.pdfHeapMegabytes}`],
];

/** A process that is killed may end in the middle of its line: what is no whole answer is none. */
export function saidIn(line: string): PdfFound {
  try {
    return JSON.parse(line) as PdfFound;
  } catch {
    return { outcome: 'too_much' };
  }
}

/** Where a sandbox forbids it (seccomp), the process runs like any other. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {}
}

/** In a process: what goes wrong in an engine at a file that was made for it, or in its memory, ends that process and not the service. */
async function readInProcess(bytes: Uint8Array): Promise<PdfFound> {
  // What the reader complains of is nobody's log.
  const child = spawn(process.execPath, [...flags(), BODY], { env: {}, stdio: ['pipe', 'pipe', 'ignore'] });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const failed = () => reject(new Problem('unavailable', 'the process that reads PDFs did not start'));
      const tooMuch = () => resolve({ outcome: 'too_much' });
      let ended = failed;
      timer = setTimeout(failed, LIMITS.pdfStartMs);
      child.once('spawn', () => giveWay(child.pid!));
      child.stdin.on('error', () => undefined).end(bytes);
      createInterface(child.stdout).on('line', (line) => {
        if (line !== READY) return resolve(saidIn(line));
        ended = tooMuch;
        clearTimeout(timer);
        timer = setTimeout(tooMuch, LIMITS.pdfReadMs);
      });
      // Out of memory, or a fault of the reader on a file made for it.
      child.on('error', () => ended());
      child.on('close', () => ended());
    });
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}
