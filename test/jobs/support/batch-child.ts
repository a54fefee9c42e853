import { writeSync } from 'node:fs';
import { createBatches } from '#jobs';
import { systemClock, systemRandom } from '#kernel';
import { openWorld, PUBLIC } from '../../credentials/support/world.ts';

/**
 * A worker that dies. Arguments: path, the number of the chunk, and where: `issued` (the chunk is issued, its rows are not
 * marked), or the number of an issuing step within that chunk.
 */
const [path, chunk, where] = process.argv.slice(2) as [string, string, string];
const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
};

let chunks = 0;
const world = await openWorld({
  path,
  clock: systemClock,
  change: () => ({
    onStep: (step) => {
      if (step === 1) chunks++;
      return chunks === Number(chunk) && step === Number(where) ? die() : undefined;
    },
  }),
});
const batches = createBatches({
  ...world.deps,
  reader: world.reader,
  transactor: world.transactor,
  issuer: world.issuer,
  random: systemRandom,
  publicUrl: PUBLIC,
  onChunk: () => (chunks === Number(chunk) && where === 'issued' ? die() : undefined),
});
const batch = await batches.runOnce();
writeSync(1, batch?.state ?? 'nothing');
await world.close();
