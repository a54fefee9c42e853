/**
 * `npm run long:status`: how long until a revocation is seen, at full count (1,000 under issuing load). Works in rounds of 50,
 * keeps the store and the figures under `data/long`, and goes on where it was stopped.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '#kernel';
import { p99, revokeUnderLoad } from '../attack/revoking.ts';
import { openWorld, seed } from '../credentials/support/world.ts';

const WANTED = 1_000;
const ROUND = 50;
const directory = join(import.meta.dirname, '..', '..', 'data', 'long');
const [store, file] = [join(directory, 'revoking.sqlite'), join(directory, 'revoking.json')];

mkdirSync(directory, { recursive: true });
interface Progress {
  achievementId: string;
  delays: number[];
}
const world = await openWorld({ path: store, clock: systemClock });
const progress: Progress = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Progress)
  : { achievementId: (await seed(world)).achievementId, delays: [] };
while (progress.delays.length < WANTED) {
  progress.delays.push(...(await revokeUnderLoad(world, progress.achievementId, ROUND)));
  writeFileSync(file, JSON.stringify(progress));
  console.log(`${progress.delays.length} of ${WANTED}: p99 ${p99(progress.delays).toFixed(0)} ms`);
}
await world.close();
process.exit(p99(progress.delays) <= 60_000 ? 0 : 1);
