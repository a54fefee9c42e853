/**
 * `npm run fuzz -- [--minutes 3] [target...]`: every parser, or those named, each in a process of its own. What a run
 * learns lies in coverage/fuzz, and the next run begins there. Ends with 1 when something was found.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PLACE } from './store.ts';
import { TARGETS } from './targets/index.ts';

const { values, positionals } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
  allowPositionals: true,
});
const names = positionals.length > 0 ? positionals : Object.keys(TARGETS);
const unknown = names.filter((name) => !Object.hasOwn(TARGETS, name));
if (unknown.length > 0) {
  console.error(`no target ${unknown.join(', ')}; there are ${Object.keys(TARGETS).join(', ')}`);
  process.exit(2);
}

interface Progress {
  name: string;
  executions: number;
  covered: number;
  corpus: number;
  found: number;
  slowest: number;
}

/** @returns the last progress, and how the process ended when it did not end well */
async function fuzz(name: string): Promise<{ last: Progress | undefined; died: string | undefined }> {
  const seconds = String(Number(values.minutes) * 60);
  const script = join(import.meta.dirname, 'fuzz-child.ts');
  const child = spawn(process.execPath, ['--disable-proto=delete', script, name, seconds, values.seed], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last: Progress | undefined;
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines.filter((one) => one.startsWith('{'))) last = JSON.parse(line) as Progress;
    writeFileSync(join(PLACE, `${name}.json`), JSON.stringify(last));
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((done) =>
    child.on('close', (...how) => done(how)),
  );
  return { last, died: code === 0 ? undefined : `ended with ${signal ?? code}` };
}

mkdirSync(PLACE, { recursive: true });
let bad = 0;
for (const name of names) {
  const { last, died } = await fuzz(name);
  if (died || (last?.found ?? 0) > 0) bad++;
  const figures = last
    ? `${last.executions} inputs, ${last.covered} characters of source run, ${last.corpus} kept, slowest ${last.slowest.toFixed(0)} ms, ${last.found} findings`
    : 'no figures';
  console.log(`${name}: ${figures}${died ? `, ${died}` : ''} (seed ${values.seed})`);
}
console.log(bad === 0 ? 'fuzz: nothing found' : `fuzz: look into coverage/fuzz/*/findings`);
process.exit(bad === 0 ? 0 : 1);
