import { CompiledQuery, type QueryResult, type Transaction } from 'kysely';
import type { Tables } from '../../tables.ts';
import { bigintArray, textArray } from './binary.ts';

/** Column names as in SQL, by their type. All columns of a bulk statement are of these two. */
interface Columns {
  text: readonly string[];
  bigint?: readonly string[];
}

const ARRAYS = { text: textArray, bigint: bigintArray };

type Row = Readonly<Record<string, unknown>>;

/** Runs one statement for any number of rows; a member that a row has not is null. */
type ForRows = (trx: Transaction<Tables>, rows: readonly Row[]) => Promise<QueryResult<unknown>>;

/**
 * Many rows, one statement whose text is always the same: each column is one parameter, an array. So the server plans it
 * once, and there is no limit to the rows but memory.
 * @param build gets the columns, and what stands for the rows after FROM: `unnest(...)`
 */
export function forRows(columns: Columns, build: (names: string, rows: string) => string): ForRows {
  const types = [
    ...columns.text.map((name) => [name, 'text'] as const),
    ...(columns.bigint ?? []).map((name) => [name, 'bigint'] as const),
  ];
  const names = types.map(([name]) => `"${name}"`).join(', ');
  const text = build(names, `unnest(${types.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ')})`);
  const members = types.map(([name]) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
  const known = new Set(members);
  return (trx, rows) => {
    for (const row of rows) {
      for (const member in row) {
        // Nothing that was to be stored is left out silently.
        if (!known.has(member) && row[member] != null) throw new Error(`no column for ${member}`);
      }
    }
    const values = members.map((member, at) => ARRAYS[types[at]![1]](rows.map((row) => row[member] ?? null)));
    return trx.executeQuery(CompiledQuery.raw(text, values));
  };
}

/** Inserts rows of one table. */
export const inserting = (table: string, columns: Columns): ForRows =>
  forRows(columns, (names, rows) => `insert into "${table}" (${names}) select * from ${rows}`);
