import { afterAll, beforeAll } from 'vitest';
import type { Storage } from '#storage';
import { seed } from '../support/records.ts';

/** Makes an empty store of the engine under test. */
export type Open = () => Promise<Storage>;

/** One store for the tests of a group, seeded with these tenants; closed after them. */
export function opened(open: Open, ...tenants: string[]): () => Storage {
  let storage: Storage | undefined;
  beforeAll(async () => {
    storage = await open();
    await seed(storage, ...tenants);
  });
  afterAll(async () => {
    await storage?.close();
  });
  return () => storage!;
}
