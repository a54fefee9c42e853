import { join } from 'node:path';
import { fillPostgres, leavePostgres, readPostgres } from '../engines/postgres/copy.ts';
import { fillSqlite, leaveSqlite, readSqlite } from '../engines/sqlite/copy.ts';
import { DATABASE_FILE } from '../engines/sqlite/open.ts';
import { schemaFault } from '../migrations/migrate.ts';
import type { StoragePlace } from '../open.ts';
import { BackupFault } from './fault.ts';
import type { StoreFilling, StoreLeaving, StoreReading } from './store.ts';

const fileOf = ({ dataDirectory }: StoragePlace): string => join(dataDirectory, DATABASE_FILE);

/** Reads a store as it is at one moment; whoever works with it goes on. */
export function readStore<T>(place: StoragePlace, work: (reading: StoreReading) => Promise<T>): Promise<T> {
  return place.databaseUrl === undefined ? readSqlite(fileOf(place), work) : readPostgres(place.databaseUrl, work);
}

/** Reads a store that is given up for another: nobody writes meanwhile. */
export function leaveStore<T>(place: StoragePlace, work: (leaving: StoreLeaving) => Promise<T>): Promise<T> {
  return place.databaseUrl === undefined ? leaveSqlite(fileOf(place), work) : leavePostgres(place.databaseUrl, work);
}

/**
 * Makes a store of rows of another. It is there when `work` has ended well; otherwise the place is as empty as it was.
 * @param migrations of the schema that the rows have
 * @throws BackupFault when the place is not empty, or the schema is of a newer version
 */
export function fillStore<T>(
  place: StoragePlace,
  migrations: readonly string[],
  work: (filling: StoreFilling) => Promise<T>,
): Promise<T> {
  const fault = schemaFault(migrations);
  if (fault) throw new BackupFault(fault);
  return place.databaseUrl === undefined
    ? fillSqlite(fileOf(place), migrations, work)
    : fillPostgres(place.databaseUrl, migrations, work);
}
