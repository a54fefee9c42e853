import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { type Json, Problem, parseStrictJsonBytes } from '#kernel';
import { type Io, UsageError } from './command.ts';

/** The UTF-8 text of a file that was named on the command line. @throws UsageError when it cannot be read */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** The bytes of such a file, or of standard input for `-`. @throws UsageError when it cannot be read */
export async function readBytes(file: string, io: Io): Promise<Buffer> {
  try {
    if (file !== '-') return await readFile(file);
    const input = io.input ?? process.stdin;
    // Nobody should wonder what it waits for.
    if ('isTTY' in input && input.isTTY) io.err('reading what is typed; Ctrl-D ends it\n');
    return await buffer(input);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** JSON without duplicate members, from such a file. @throws UsageError */
export async function readJson(file: string, io: Io, budget?: { bytes: number; keys: number }): Promise<Json> {
  const bytes = await readBytes(file, io);
  try {
    return parseStrictJsonBytes(bytes, budget);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const [at] = error.errors;
    throw new UsageError(
      `${file === '-' ? 'standard input' : file}: ${at?.pointer ? `${at.pointer} ` : ''}${error.message}`,
    );
  }
}

function unreadable(file: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error : new UsageError(`${file} cannot be read (${code})`);
}
