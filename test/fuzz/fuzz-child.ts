/** One target for so many seconds. Arguments: name, seconds, seed. Prints one JSON line of progress now and then. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { hardenPrototypes } from '#proofs';
import { startCoverage } from './coverage.ts';
import { nextInput, runOne } from './engine.ts';
import { createRandom } from './random.ts';
import { CORPUS, keepInput, PLACE, readInputs } from './store.ts';
import { TARGETS } from './targets/index.ts';
import type { Watched } from './watchdog-process.ts';

/** No input may hold a parser for longer, in CPU time. */
const SLOW_MS = 1_000;
/** By the clock on the wall, which other work of the machine stretches. */
const HANGS_MS = 10 * SLOW_MS;
/** Coverage is looked at after so many inputs; when there is new code they are run again, one by one. */
const BATCH = 64;
const MAX_INPUT = 1024 * 1024;

const [name = '', seconds = '60', seed = '1'] = process.argv.slice(2);
const target = await TARGETS[name]!();
hardenPrototypes();
const findings = join(PLACE, name, 'findings');
const corpus = join(PLACE, name, 'corpus');

const watched: Watched = {
  state: new SharedArrayBuffer(8),
  input: new SharedArrayBuffer(MAX_INPUT),
  folder: findings,
  limitMs: HANGS_MS,
};
const [state, shared] = [new Int32Array(watched.state), new Uint8Array(watched.input)];
new Worker(new URL('./watchdog-process.ts', import.meta.url), { workerData: watched }).unref();

const coverage = startCoverage('/src/');
const random = createRandom(Number(seed));
const kept: Uint8Array[] = [];
const seenFaults = new Set<string>();
let [executions, found, slowest] = [0, 0, 0];

async function run(input: Uint8Array): Promise<void> {
  shared.set(input.subarray(0, MAX_INPUT));
  Atomics.store(state, 1, Math.min(input.length, MAX_INPUT));
  Atomics.store(state, 0, ++executions);
  const start = process.threadCpuUsage();
  const fault = await runOne(target, input, SLOW_MS);
  Atomics.store(state, 0, 0);
  const { user, system } = process.threadCpuUsage(start);
  slowest = Math.max(slowest, (user + system) / 1_000);
  // One of each kind is enough to look at: the message and where it was thrown.
  const kind = fault?.what.replaceAll(/\d+/g, '#').split('\n').slice(0, 3).join('\n');
  if (!fault || seenFaults.has(kind!)) return;
  seenFaults.add(kind!);
  found++;
  writeFileSync(`${keepInput(findings, fault.input)}.txt`, `${fault.what}\n`);
}

async function learn(inputs: readonly Uint8Array[]): Promise<void> {
  for (const input of inputs) await run(input);
  if (coverage.take() === 0) return;
  // What was new has been counted, so it is found again by what each of them runs alone.
  for (const input of inputs) {
    if (await isNew(input)) {
      kept.push(input);
      keepInput(corpus, input);
    }
  }
}

const alone = startCoverage('/src/');
async function isNew(input: Uint8Array): Promise<boolean> {
  await run(input);
  return alone.take() > 0;
}

const report = () =>
  console.log(JSON.stringify({ name, executions, covered: coverage.covered(), corpus: kept.length, found, slowest }));

const until = Date.now() + Number(seconds) * 1_000;
kept.push(...target.seeds);
const before = [...target.seeds, ...readInputs(join(CORPUS, name)), ...readInputs(corpus)];
for (const input of before) await learn([input]);
let told = Date.now();
while (Date.now() < until) {
  await learn(Array.from({ length: BATCH }, () => nextInput(target, kept, random)));
  if (Date.now() - told > 10_000) {
    told = Date.now();
    report();
  }
}
report();
process.exit(0);
