/**
 * `npm run long:compiled`: 40,000 random documents through the reference and through compiled plans; none may be answered
 * differently. Then each rule taken out in turn, on random documents, which must be answered wrongly. Partial results are
 * kept in `data/long/compiled.json`, and a run goes on where the last one stopped.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hardenPrototypes } from '#proofs';
import type { Rule } from '../../src/proofs/canonical/compiled/index.ts';
import { type Counts, compare } from '../proofs/compiled/differential.ts';
import { createDraw } from '../proofs/compiled/draw.ts';

const WANTED = 42_000;
const PIECE = 1_000;
/** Documents for each rule that is taken out, and how often so many more are tried: what R-3 stops is rare. */
const ABLATION = 2_500;
const TRIES = 4;
const RULES: readonly Rule[] = [
  'S-1',
  'S-2',
  'I-1',
  'I-2',
  'I-3',
  'L-1',
  'N-1',
  'N-2',
  'K-1',
  'D-1',
  'D-2',
  'R-1',
  'R-3',
];

interface Progress {
  seed: number;
  counts: Counts;
  /** Wrong answers by the rule that was taken out. */
  without: Partial<Record<Rule, number>>;
  cpuSeconds: number;
}

hardenPrototypes();
const directory = join(import.meta.dirname, '..', '..', 'data', 'long');
const file = join(directory, 'compiled.json');
mkdirSync(directory, { recursive: true });
const nothing: Counts = { documents: 0, answered: 0, cached: 0, refused: 0, notEligible: 0, rules: {}, different: 0 };
const progress: Progress = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { seed: Number(process.env.TATAK_SEED ?? Date.now() % 1_000_000), counts: nothing, without: {}, cpuSeconds: 0 };
console.log(`seed ${progress.seed}`);

let cpu = process.cpuUsage();
function keep(): void {
  const { user, system } = process.cpuUsage(cpu);
  progress.cpuSeconds += (user + system) / 1e6;
  cpu = process.cpuUsage();
  writeFileSync(file, JSON.stringify(progress));
}

while (progress.counts.documents < WANTED) {
  const { counts, differences } = await compare(createDraw(progress.seed + progress.counts.documents), PIECE);
  add(progress.counts, counts);
  for (const one of differences.slice(0, 3)) console.log(JSON.stringify(one));
  keep();
  console.log(JSON.stringify(progress.counts));
}
for (const rule of RULES.filter((one) => progress.without[one] === undefined)) {
  // What S-2 stops takes two evidences that meet in one entry: rare, unless most documents have entries.
  const indexes = rule === 'S-2' ? 0.9 : undefined;
  let [wrong, tried] = [0, 0];
  for (let piece = 0; piece < TRIES && wrong === 0; piece++) {
    const draw = createDraw(progress.seed + piece);
    const { counts } = await compare(draw, ABLATION, new Set<Rule>([rule, 'plan']), indexes);
    wrong = counts.different;
    tried += counts.documents;
  }
  progress.without[rule] = wrong;
  keep();
  console.log(`without ${rule}: ${wrong} of ${tried} documents answered wrongly`);
}

const { counts, without, cpuSeconds } = progress;
rmSync(file, { force: true });
console.log(
  `${counts.documents} documents: ${counts.answered} answered through a plan (${counts.cached} of them by one that was there), ` +
    `${counts.refused} refused by the reference, ${counts.notEligible} not eligible, different = ${counts.different}; ` +
    `${Math.round(cpuSeconds)} s of CPU; without a rule: ${JSON.stringify(without)}`,
);
process.exit(counts.different === 0 && Object.values(without).every((wrong) => wrong > 0) ? 0 : 1);

function add(all: Counts, more: Counts): void {
  for (const name of ['documents', 'answered', 'cached', 'refused', 'notEligible', 'different'] as const) {
    all[name] += more[name];
  }
  for (const [rule, count] of Object.entries(more.rules) as [Rule, number][]) {
    all.rules[rule] = (all.rules[rule] ?? 0) + count;
  }
}
