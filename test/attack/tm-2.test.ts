import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { CHILD_FLAGS } from '../support/start-flags.ts';

const CHILD = join(import.meta.dirname, 'tm-2-child.ts');
const ZONES = ['UTC', 'Asia/Manila', 'America/St_Johns'];

it('TM-2 what is issued, verified and shown is the same text in every zone', async () => {
  const run = async (TZ: string) => {
    const options = {
      env: { ...process.env, TZ, LANG: TZ === 'UTC' ? 'C' : 'fil_PH.UTF-8' },
      maxBuffer: 64 * 1024 * 1024,
    };
    const { stdout } = await promisify(execFile)(process.execPath, [...CHILD_FLAGS, CHILD], options);
    return stdout;
  };
  const outputs = await Promise.all(ZONES.map(run));
  const lines = outputs.map((text) => text.split('\n'));
  console.log(`TM-2: ${lines[0]!.length} lines, ${outputs[0]!.length} characters, in ${ZONES.join(', ')}`);
  for (const [at, line] of lines[0]!.entries()) {
    for (const [zone, other] of lines.entries()) expect(other[at], `${ZONES[zone]} line ${at}`).toBe(line);
  }
  for (const what of ['issued', 'report', 'page credential', 'page equivalence'])
    expect(outputs[0]).toContain(`\n${what} `);
  expect(lines.map((one) => one.length)).toEqual(ZONES.map(() => lines[0]!.length));
}, 180_000);
