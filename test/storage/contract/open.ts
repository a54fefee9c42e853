import { afterAll, beforeAll } from 'vitest';
import type { Storage } from '#storage';
import { seed } from '../support/records.ts';

/** A store, and all of its rows as one text where the engine tells them quicker than its readers do. */
export type TestedStorage = Storage & { rows?: () => Promise<string> };

/** Makes an empty store of the engine under test. */
export type Open = () => Promise<TestedStorage>;

/** One store for the tests of a group, seeded with these tenants; closed after them. */
export function opened(open: Open, ...tenants: string[]): () => TestedStorage {
  let storage: TestedStorage | undefined;
  beforeAll(async () => {
    storage = await open();
    await seed(storage, ...tenants);
  });
  afterAll(async () => {
    await storage?.close();
  });
  return () => storage!;
}
