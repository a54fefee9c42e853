import { expect, it } from 'vitest';
import { openWorld, seed } from '../credentials/support/world.ts';
import { p99, revokeUnderLoad } from './revoking.ts';

/** `npm run long:status` does 1,000. */
const COUNT = 15;

it('ST-7 a revocation is published within the minute, while badges are issued', async () => {
  const world = await openWorld();
  const { achievementId } = await seed(world);
  const delays = await revokeUnderLoad(world, achievementId, COUNT);
  expect(delays).toHaveLength(COUNT);
  // The bound that is promised, and far from what it takes.
  expect(p99(delays)).toBeLessThanOrEqual(60_000);
  await world.close();
}, 180_000);
