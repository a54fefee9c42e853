import type { Transaction, UpdateResult } from 'kysely';
import { Problem, UniqueViolation } from '#kernel';
import type { AnyWrite } from '../storage.ts';
import type { Tables } from '../tables.ts';

type WriteOf<Op extends AnyWrite['op']> = Extract<AnyWrite, { op: Op }>;

/** One function an operation; each runs inside the transaction of its commit and throws to undo all of it. */
export type WriteTable<Op extends AnyWrite['op']> = {
  [O in Op]: (trx: Transaction<Tables>, write: WriteOf<O>) => Promise<void>;
};

/** The row was there but is no longer in the state the writer read. */
export function mustMatch(result: UpdateResult, what: string): void {
  if (result.numUpdatedRows !== 1n) throw new UniqueViolation(what);
}

/** There is no such row in this tenant. */
export function mustExist(result: UpdateResult, what: string): void {
  if (result.numUpdatedRows !== 1n) throw new Problem('not-found', `there is no such ${what}`);
}

/**
 * A next version must follow the last one, in the tenant that has the first: an id belongs to one tenant for ever.
 * @throws UniqueViolation(table) when somebody else was faster or owns the id; Error when a version would be skipped
 */
export function mustFollow(
  table: string,
  last: { tenant: string; version: number } | undefined,
  row: { tenant: string; version: number },
): void {
  const version = last?.version ?? 0;
  if (last && (last.tenant !== row.tenant || row.version <= version)) throw new UniqueViolation(table);
  if (row.version !== version + 1) throw new Error(`${table}: version ${row.version} after ${version}`);
}
