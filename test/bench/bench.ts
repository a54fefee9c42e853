/**
 * `npm run bench`: the figures of `figures.ts`, each part in a process of its own, one after the other. `-- --json` prints
 * one flat object; what was not measured is null. `-- --only proofs,large` measures some parts, `-- --list` names them,
 * `-- --rows=10000` makes the class lists shorter, `-- --forget` removes the store of a million credentials.
 */
import { spawn } from 'node:child_process';
import { START_FLAGS } from '../support/start-flags.ts';
import { FIGURES, type FigureName, type Measured, PARTS, type Part } from './figures.ts';
import { keepFigures } from './kept.ts';
import { forgetLargeStore } from './large-store.ts';
import { measurePart } from './measure.ts';

const [json, list] = ['--json', '--list'].map((word) => process.argv.includes(word));
const after = (name: string) => process.argv[process.argv.indexOf(name) + 1] ?? '';
const RESULT = 'RESULT ';

/** Parts that are the service, with the flags of `npm start`; the others start it, or compare what it does with another. */
const SERVICE: readonly Part[] = ['revoke', 'list', 'large', 'accreditation', 'stacking'];

if (process.argv.includes('--part')) {
  const measured = await measurePart(after('--part') as Part);
  process.stdout.write(`${RESULT}${JSON.stringify(measured)}\n`, () => process.exit(0));
} else if (process.argv.includes('--forget')) forgetLargeStore();
else if (list) console.log(PARTS.join('\n'));
else process.exitCode = await all();

async function all(): Promise<number> {
  const wanted = process.argv.includes('--only') ? after('--only').split(',') : PARTS;
  const unknown = wanted.filter((one) => !(PARTS as string[]).includes(one));
  if (unknown.length > 0) throw new Error(`no part is called ${unknown.join(', ')}; there are ${PARTS.join(', ')}`);
  const measured: Measured = {};
  const failed: string[] = [];
  for (const part of PARTS.filter((one) => wanted.includes(one))) {
    const some = await inProcess(part);
    if (some) {
      Object.assign(measured, some);
      // One part may be measured again later; `bench:curves` shows the last of each.
      keepFigures(some);
    } else failed.push(part);
  }
  const names = Object.keys(FIGURES) as FigureName[];
  const figures = Object.fromEntries(names.map((name) => [name, measured[name] ?? null]));
  if (json) console.log(JSON.stringify(figures));
  else for (const name of names) console.log(line(name, measured[name]));
  for (const part of failed) console.error(`${part} could not be measured`);
  return failed.length > 0 ? 1 : 0;
}

/** What it says of its progress goes to the standard error of this process. @returns undefined when it failed */
function inProcess(part: Part): Promise<Measured | undefined> {
  const args = process.argv.slice(2).filter((word) => word.startsWith('--rows='));
  const own = SERVICE.includes(part) ? START_FLAGS : [];
  const flags = [...process.execArgv, ...own, '--expose-gc', import.meta.filename, '--part', part, ...args];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  return new Promise((resolve) => {
    child.once('close', () => {
      const result = said.split('\n').find((one) => one.startsWith(RESULT));
      resolve(result === undefined ? undefined : (JSON.parse(result.slice(RESULT.length)) as Measured));
    });
  });
}

function line(name: FigureName, value: number | undefined): string {
  const { unit, says } = FIGURES[name];
  const shown = value === undefined ? 'not measured' : `${value.toLocaleString('en')} ${unit}`;
  return `${name.padEnd(26)} ${shown.padStart(14)}  ${unit === 'x' ? 'the speed of ' : ''}${says}`;
}
