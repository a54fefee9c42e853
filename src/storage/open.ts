import { join } from 'node:path';
import { openPostgres } from './engines/postgres/open.ts';
import { DATABASE_FILE, openSqlite } from './engines/sqlite/open.ts';
import type { Storage } from './storage.ts';

/** Where a store is: in a PostgreSQL database, or else in a file of the data directory. */
export interface StoragePlace {
  dataDirectory: string;
  databaseUrl?: string;
}

/** @throws what the engine's own `open` throws */
export async function openStorage({ dataDirectory, databaseUrl }: StoragePlace): Promise<Storage> {
  if (databaseUrl === undefined) return openSqlite({ path: join(dataDirectory, DATABASE_FILE) });
  return openPostgres({ url: databaseUrl });
}
