/** `npm run check`: types, lint and format, dead code, architecture. Stops at the end, not at the first, so that all is seen. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const bin = (name: string) => join(import.meta.dirname, '..', 'node_modules', '.bin', name);
const STEPS: [string, string[]][] = [
  ['tsc', ['--noEmit']],
  ['biome', ['check', '--error-on-warnings']],
  ['knip', ['--no-progress']],
  ['vitest', ['run', 'test/architecture', '--reporter=dot']],
];

let bad = 0;
for (const [name, args] of STEPS) {
  console.log(`> ${name} ${args.join(' ')}`);
  const run = spawnSync(bin(name), args, { stdio: 'inherit', cwd: join(import.meta.dirname, '..') });
  if (run.status !== 0) bad++;
}
console.log(bad === 0 ? 'check: clean' : `check: ${bad} of ${STEPS.length} steps failed`);
process.exit(bad === 0 ? 0 : 1);
