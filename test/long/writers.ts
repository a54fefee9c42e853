/**
 * `npm run long`: concurrent writers at full count (10,000 credentials by two processes on one store). Works in rounds of
 * 400, keeps the store and the figures under `data/long`, and goes on where it was stopped.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '#kernel';
import { runChild } from '../credentials/support/spawn.ts';
import { openWorld, seed, TENANT } from '../credentials/support/world.ts';

const WANTED = 10_000;
const PROCESSES = 2;
const [REQUESTS, PER_REQUEST] = [4, 50];
const directory = join(import.meta.dirname, '..', '..', 'data', 'long');
const [store, file] = [join(directory, 'writers.sqlite'), join(directory, 'writers.json')];

mkdirSync(directory, { recursive: true });
interface Progress {
  achievementId: string;
  ids: string[];
}
const world = await openWorld({ path: store, clock: systemClock });
const progress: Progress = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Progress)
  : { achievementId: (await seed(world)).achievementId, ids: [] };

while (progress.ids.length < WANTED) {
  const args = [store, progress.achievementId, 'many', String(REQUESTS), String(PER_REQUEST)];
  const children = await Promise.all(Array.from({ length: PROCESSES }, () => runChild(args)));
  for (const child of children) if (child.code !== 0) throw new Error(child.err);
  progress.ids.push(...children.flatMap((child) => child.out.trim().split('\n')));
  writeFileSync(file, JSON.stringify(progress));
  console.log(`${progress.ids.length} of ${WANTED}`);
}

const rows = [];
for (let at = 0; at < progress.ids.length; at += 100) {
  rows.push(...(await world.reader.credentialsByIds(TENANT, progress.ids.slice(at, at + 100))));
}
const distinct = (values: string[]) => new Set(values).size;
const figures = {
  issued: rows.filter((row) => row.phase === 'issued').length,
  'distinct ids': distinct(rows.map((row) => row.credentialId)),
  'distinct award ids': distinct(rows.map((row) => row.awardId)),
  'distinct index pairs': distinct(
    rows.map((row) => `${row.statusListId} ${Math.min(row.statusListIndex, row.statusListIndex ^ 7)}`),
  ),
  'integrity findings': (await world.storage.integrity()).length,
};
await world.close();
console.log(figures);
const good = Object.values(figures)
  .slice(0, 4)
  .every((count) => count === progress.ids.length);
process.exit(good && figures['integrity findings'] === 0 ? 0 : 1);
