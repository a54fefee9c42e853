import { expect, it } from 'vitest';
import { compare } from './differential.ts';
import { createDraw } from './draw.ts';

const DOCUMENTS = 1_200;

it('random documents: what is answered is what the reference answers', async () => {
  const seed = Number(process.env.TATAK_SEED ?? Date.now() % 1_000_000);
  const { counts, differences } = await compare(createDraw(seed), DOCUMENTS);
  console.log(`seed ${seed}: ${JSON.stringify(counts)}`);
  expect(differences).toEqual([]);
  // Enough of each kind, or nothing was shown.
  expect(counts.documents).toBe(DOCUMENTS);
  expect(counts.answered).toBeGreaterThan(DOCUMENTS / 4);
  expect(counts.cached).toBeGreaterThan(DOCUMENTS / 8);
  expect(counts.refused).toBeGreaterThan(DOCUMENTS / 10);
}, 240_000);
