import { createReadStream, readFileSync } from 'node:fs';
import { ExportFault, type ExportResult, ExportVerifier } from '#observability';
import { command, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { linesOf } from './lines.ts';

/** What `--json` prints. */
export type AuditVerification = { ok: boolean; warnings: string[] } & (
  | ExportResult
  | { code: string; detail: string; line?: number }
);

export const auditVerify = command({
  operands: { file: { name: 'FILE', says: 'What `audit export` wrote; - is standard input' } },
  options: {
    checkpoint: { value: 'NOTEFILE', many: true, says: 'A checkpoint that was kept elsewhere' },
    key: { value: 'VKEY', says: 'Key of the log, as you know it' },
  },
  summary: 'Verifies an exported log without the service',
  examples: [
    'audit verify log.jsonl --checkpoint kept.txt --key "$(cat log.key)"',
    'audit verify - --json < log.jsonl',
  ],
  exits: { 1: 'the log does not hold: entries were changed, cut off, or are of another log' },

  async run({ operands: { file }, values, json }, io) {
    const held = values.checkpoint.map((path) => readable(() => readFileSync(path, 'utf8'), path));
    const chunks = file === '-' ? (io.input ?? process.stdin) : createReadStream(file);
    const verdict = await verify(chunks, { key: values.key?.trim(), held }).catch((error: unknown) => {
      throw isFileError(error) ? new UsageError(`${file} cannot be read (${error.code})`) : error;
    });
    if (json) io.out(`${JSON.stringify(verdict)}\n`);
    else io.out(words(verdict));
    return verdict.ok ? EXIT.done : EXIT.fails;
  },
});

async function verify(
  chunks: AsyncIterable<Uint8Array>,
  trusted: { key: string | undefined; held: string[] },
): Promise<AuditVerification> {
  const warnings: string[] = [];
  if (trusted.key === undefined) warnings.push('the key came from the file itself: give the one you know with --key');
  if (trusted.held.length === 0) {
    warnings.push('no checkpoint kept elsewhere was given: a log cut or rewritten by its operator cannot be told');
  }
  const verifier = new ExportVerifier(trusted);
  try {
    for await (const line of linesOf(chunks)) verifier.line(line);
    return { ok: true, warnings, ...verifier.end() };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, warnings, code: 'line', detail: error.message };
    if (!(error instanceof ExportFault)) throw error;
    const { code, message, line } = error;
    return { ok: false, warnings, code, detail: message, ...(line === undefined ? {} : { line }) };
  }
}

function words(verdict: AuditVerification): string {
  const warnings = verdict.warnings.map((warning) => `warning: ${warning}\n`).join('');
  if ('code' in verdict) {
    return `${warnings}FAILED${verdict.line === undefined ? '' : ` at line ${verdict.line}`}: ${verdict.detail}\n`;
  }
  const { origin, size, root, checkpoints, held } = verdict;
  return `${warnings}ok: ${origin}, ${size} entries, ${checkpoints} checkpoints, ${held} held elsewhere, root ${root}\n`;
}

function readable<T>(read: () => T, path: string): T {
  try {
    return read();
  } catch (error) {
    throw isFileError(error) ? new UsageError(`${path} cannot be read (${error.code})`) : error;
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
