import { expect, it } from 'vitest';
import { rotateUnderLoad } from './support/rotation.ts';

/** The whole count runs by `npm run long rotation`. */
it('KP-10: rotation under load, verifiers with copies of every age: nothing fails', async () => {
  const { verifications, failures, rotations, signed } = await rotateUnderLoad(600);
  console.log(`KP-10: ${verifications} verifications of ${signed} documents over ${rotations} rotations`);
  expect(failures).toEqual([]);
  expect(rotations).toBeGreaterThanOrEqual(4);
}, 60_000);
