/**
 * `npm run long:recheck`: 10,000 stored badges, 20 of them corrupted, each in another way; all must be found, at 100 a
 * second or more. The store is kept under `data/long` until it is whole, and filled up where it was stopped.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORRUPTIONS, corrupt, issueMany, walk } from '../credentials/support/drift.ts';
import { openWorld, seed } from '../credentials/support/world.ts';

const WANTED = 10_000;
const PIECE = 500;
const directory = join(import.meta.dirname, '..', '..', 'data', 'long');
const [path, file] = [join(directory, 'recheck.sqlite'), join(directory, 'recheck.json')];
mkdirSync(directory, { recursive: true });
const world = await openWorld({ path });
const progress: { achievementId: string; ids: string[] } = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { achievementId: (await seed(world)).achievementId, ids: [] };
while (progress.ids.length < WANTED) {
  progress.ids.push(...(await issueMany(world, progress.achievementId, PIECE)));
  writeFileSync(file, JSON.stringify(progress));
  console.log(`${progress.ids.length} of ${WANTED}`);
}
const bad = CORRUPTIONS.map((_, index) => progress.ids[(index * WANTED) / CORRUPTIONS.length + 7]!);
await corrupt(world, path, bad, progress.ids[3]!);
const [started, cpu] = [performance.now(), process.cpuUsage()];
const { checked, drift } = await walk(world);
const seconds = (performance.now() - started) / 1_000;
const { user, system } = process.cpuUsage(cpu);
const found = new Set(drift.map(({ credentialId }) => credentialId));
const right = bad.filter((id, index) =>
  drift.some(({ credentialId, code }) => credentialId === id && code === CORRUPTIONS[index]!.code),
);
await world.close();
for (const one of [path, `${path}-wal`, `${path}-shm`, file]) rmSync(one, { force: true });
console.log({
  checked,
  'corrupted and found': right.length,
  'found without being corrupted': [...found].filter((id) => !bad.includes(id)).length,
  'a second': Math.round(checked / seconds),
  'a second of CPU': Math.round(checked / ((user + system) / 1e6)),
});
process.exit(checked === WANTED && right.length === bad.length && found.size === bad.length ? 0 : 1);
