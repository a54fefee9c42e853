import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CHILD_FLAGS } from '../../support/start-flags.ts';

/** Runs a child of this folder (or another one) with the same Node and returns what it printed and how it ended. */
export function runChild(
  args: readonly string[],
  file = join(import.meta.dirname, 'issuing-child.ts'),
): Promise<{ out: string; err: string; code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...CHILD_FLAGS, file, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ out, err, code, signal }));
  });
}
