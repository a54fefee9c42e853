import { join } from 'node:path';
import { run } from '../../../src/cli/run.ts';

export const TATAK = join(import.meta.dirname, '..', '..', '..', 'src', 'cli', 'tatak.ts');

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** A command in this process. @param input what stands on standard input */
export async function tatak(args: readonly string[], input?: string | Uint8Array, terminal = false): Promise<Ran> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    terminal,
    ...(input === undefined ? {} : { input: once(typeof input === 'string' ? Buffer.from(input) : input) }),
  });
  return { code, out, err };
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}
