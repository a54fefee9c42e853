import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, ConfigError, readConfig, readDatabaseUrl, readDataDirectory } from '#app';
import { DATABASE_FILE, type StoragePlace } from '#storage';
import { type Option, UsageError } from './command.ts';
import { environment } from './environment.ts';

export const DATA = {
  data: { value: 'DIR', says: 'Data directory of the service; needed where no PostgreSQL database is set' },
} as const satisfies Record<string, Option>;

/**
 * The store that a command is about: the PostgreSQL database of the service's settings, or the one in a data directory.
 * @param data of `--data`; needed where no database is set
 * @throws UsageError for settings that cannot be used
 */
export function placeOf(data: string | undefined): StoragePlace {
  const env = environment();
  const problems: string[] = [];
  const databaseUrl = readDatabaseUrl(env, problems);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  if (databaseUrl !== undefined)
    return { dataDirectory: data === undefined ? readDataDirectory(env) : resolve(data), databaseUrl };
  if (data === undefined) throw new UsageError('--data is missing');
  return { dataDirectory: resolve(data) };
}

/**
 * The same, where there is a store already.
 * @throws UsageError when there is none: opening would make one
 */
export function storeOf(data: string | undefined): StoragePlace {
  const place = placeOf(data);
  if (place.databaseUrl === undefined && !existsSync(join(place.dataDirectory, DATABASE_FILE))) {
    throw new UsageError(`there is no database in ${data}`);
  }
  return place;
}

/** Those of the service whose data it is: addresses are part of what was signed. */
export function settings(): Config {
  try {
    return readConfig(environment());
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message) : error;
  }
}
