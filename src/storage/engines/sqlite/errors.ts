import Database from 'better-sqlite3';
import { Problem, UniqueViolation } from '#kernel';
import { isBusy } from './connection.ts';

/** Constraints that deserve a name of their own: not a collision of random draws, but work done twice. */
const NAMED: Record<string, string> = {
  'credentials.tenant, credentials.batch_id, credentials.batch_row': 'credential.batchRow',
};

/** An error of the engine as the ports name it; anything else stays what it is. */
export function translateError(error: unknown): unknown {
  if (isBusy(error)) return new Problem('unavailable', 'the store is busy with other writers', { cause: error });
  if (!(error instanceof Database.SqliteError)) return error;
  if (error.code !== 'SQLITE_CONSTRAINT_UNIQUE' && error.code !== 'SQLITE_CONSTRAINT_PRIMARYKEY') return error;
  // "UNIQUE constraint failed: table.column, table.column"
  const columns = error.message.split(': ')[1] ?? '';
  return new UniqueViolation(NAMED[columns] ?? columns.split('.')[0] ?? 'unknown', error);
}
