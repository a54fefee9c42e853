import { readFileSync } from 'node:fs';
import { UsageError } from './command.ts';

/** The UTF-8 text of a file that was named on the command line. @throws UsageError when it cannot be read */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
