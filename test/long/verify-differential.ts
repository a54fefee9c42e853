/**
 * `npm run long:verify-differential`: 40,000 valid, edited and mixed-up documents, checked with plans, without them and by the
 * reference library. There may be no disagreement. Keeps the figures under `data/long`, and goes on where it was stopped.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hardenPrototypes } from '#proofs';
import { type Tally, verifyDifferential } from '../proofs/verify-differential.ts';

const WANTED = 40_000;
const ROUND = 1_000;
const directory = join(import.meta.dirname, '..', '..', 'data', 'long');
const file = join(directory, 'verify-differential.json');
mkdirSync(directory, { recursive: true });
hardenPrototypes();

interface Figures extends Tally {
  documents: number;
}
const figures: Figures = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Figures)
  : { documents: 0, both: { true: 0, false: 0 }, stricter: 0, disagreements: [], compiled: 0 };

while (figures.documents < WANTED) {
  const found = await verifyDifferential(figures.documents, ROUND);
  figures.documents += ROUND;
  figures.both.true += found.both.true;
  figures.both.false += found.both.false;
  figures.stricter += found.stricter;
  figures.compiled += found.compiled;
  figures.disagreements.push(...found.disagreements);
  writeFileSync(file, JSON.stringify(figures));
  console.log(JSON.stringify({ ...figures, disagreements: figures.disagreements.length }));
}
process.exitCode = figures.disagreements.length === 0 ? 0 : 1;
