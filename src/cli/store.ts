import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readDatabaseUrl, readEnv } from '#app';
import { DATABASE_FILE, type StoragePlace } from '#storage';
import { UsageError } from './command.ts';

/**
 * The store that a command is about: the PostgreSQL database of the service's settings, or the one in a data directory.
 * @param data of `--data`; needed where no database is set
 * @throws UsageError when there is none: opening would make one
 */
export function storeOf(data: string | undefined): StoragePlace {
  const env = readEnv();
  const problems: string[] = [];
  const databaseUrl = readDatabaseUrl(env, problems);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  if (databaseUrl !== undefined) return { dataDirectory: resolve(data ?? env.TATAK_DATA ?? 'data'), databaseUrl };
  if (data === undefined) throw new UsageError('--data is missing');
  if (!existsSync(join(data, DATABASE_FILE))) throw new UsageError(`there is no database in ${data}`);
  return { dataDirectory: data };
}
