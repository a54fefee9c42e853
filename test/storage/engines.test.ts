import { describe, expect, it } from 'vitest';
import { openPostgres, openSqlite } from '#storage';
import { usePostgres } from '../support/postgres.ts';
import { compareEngines } from './support/random-operations.ts';

const server = usePostgres();

/** `npm run long:engines` does ten thousand. */
describe('FT-8 random operations over both engines', () => {
  it.each([Date.now() % 1_000_000, 20_261_126])('say the same and keep the same, seed %i', async (seed) => {
    const stores = [
      await openSqlite({ path: ':memory:' }),
      await openPostgres({ url: await server().database() }),
    ] as const;
    const { differences, tally } = await compareEngines(stores, { seed, operations: 300 });
    for (const storage of stores) await storage.close();
    expect(differences).toEqual([]);
    const counts = [...tally.values()];
    // Neither all refused nor none: it is the refusals that engines would give differently.
    expect(counts.filter(({ done }) => done > 0).length).toBeGreaterThan(15);
    expect(counts.filter(({ refused }) => refused > 0).length).toBeGreaterThan(5);
  });
});
