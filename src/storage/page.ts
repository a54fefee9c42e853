import { type SelectQueryBuilder, sql } from 'kysely';
import { fieldProblem, type Page, type PageRequest } from '#kernel';

/** The columns a list is sorted by, ascending; together unique within the list and never updated, so pages are stable. */
type SortKeys<O> = { [K in keyof O]?: 'text' | 'number' };

const CURSOR_CHARS = 1024;

/**
 * Keyset paging: the cursor is the sort key of the last row seen, so that rows added or removed meanwhile neither repeat
 * nor hide others. It holds no tenant and grants nothing: the query's own conditions always apply.
 * @param few the conditions leave so little that it is found first and sorted then: without this an index of the order is read to
 *   its end for the one row that is asked for (SQLite has no statistics of a store that grows)
 * @param query selects at least the columns of `keys`, without order or limit
 * @throws Problem `invalid-request` at `/cursor` for a cursor this list did not give out; RangeError for a bad limit
 */
export async function pageOf<DB, TB extends keyof DB, O, T>(
  query: SelectQueryBuilder<DB, TB, O>,
  request: PageRequest,
  keys: SortKeys<O>,
  item: (row: O) => T,
  { few = false } = {},
): Promise<Page<T>> {
  if (!Number.isSafeInteger(request.limit) || request.limit < 1) throw new RangeError(`page limit ${request.limit}`);
  const names = Object.keys(keys);
  // No index is of such a value.
  const column = (name: string) => (few ? sql`coalesce(${sql.ref(name)}, ${sql.ref(name)})` : sql.ref(name));
  let select = query.limit(request.limit + 1);
  for (const name of names) select = select.orderBy(column(name));
  if (request.cursor !== undefined) {
    const after = decodeCursor(request.cursor, Object.values(keys));
    const columns = sql.join(names.map(column));
    select = select.where(sql<boolean>`(${columns}) > (${sql.join(after)})`);
  }
  const rows = await select.execute();
  const items = rows.slice(0, request.limit).map(item);
  if (rows.length <= request.limit) return { items };
  const last = rows[request.limit - 1] as Record<string, unknown>;
  return { items, next: encodeCursor(names.map((name) => last[name])) };
}

function encodeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

function decodeCursor(cursor: string, kinds: readonly unknown[]): unknown[] {
  const refuse = () => fieldProblem('invalid-request', '/cursor', 'not a cursor of this list', 'cursor');
  if (typeof cursor !== 'string' || cursor.length > CURSOR_CHARS) throw refuse();
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw refuse();
  }
  // Encoding again finds every other spelling of the same bytes, and bytes that are not UTF-8.
  if (!Array.isArray(values) || values.length !== kinds.length || encodeCursor(values) !== cursor) throw refuse();
  const fits = values.every((value, at) =>
    kinds[at] === 'number' ? Number.isSafeInteger(value) : typeof value === 'string',
  );
  if (!fits) throw refuse();
  return values;
}
