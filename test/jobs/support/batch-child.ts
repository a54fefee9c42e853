import { writeSync } from 'node:fs';
import { createBatches } from '#jobs';
import { systemClock, systemRandom } from '#kernel';
import { openWorld, PUBLIC } from '../../credentials/support/world.ts';
import { die } from '../../support/die.ts';

/**
 * A worker that dies. Arguments: path, how often it gets where, and where: `signed` (a chunk is signed, nothing of it is stored),
 * or the number of an issuing step. Steps of two chunks take turns.
 */
const [path, times, where] = process.argv.slice(2) as [string, string, string];

const seen = new Map<string, number>();
const reach = (place: string) => {
  seen.set(place, (seen.get(place) ?? 0) + 1);
  return place === where && seen.get(place) === Number(times) ? die() : undefined;
};
const world = await openWorld({
  path,
  clock: systemClock,
  compiled: true,
  change: () => ({
    onStep: (step) => reach(String(step)),
  }),
});
const batches = createBatches({
  ...world.deps,
  reader: world.reader,
  transactor: world.transactor,
  issuer: world.issuer,
  random: systemRandom,
  publicUrl: PUBLIC,
  onChunk: () => reach('signed'),
});
const batch = await batches.runOnce();
writeSync(1, batch?.state ?? 'nothing');
await world.close();
