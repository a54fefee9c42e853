/** A value as both engines hold it. Integers are within 2^53. */
export type Cell = string | number | Uint8Array | null;

/** A row, its cells in the order of the columns of its table. */
export type Row = readonly Cell[];

export interface TableShape {
  /** As in SQL. */
  name: string;
  /** By their names, so that engines and versions write the same order. */
  columns: readonly { name: string; type: 'text' | 'integer' | 'bytes' }[];
  /** Primary key, in order. */
  key: readonly string[];
  /** Tables that must be there first. */
  parents: readonly string[];
  /** Columns by which a row names an earlier one of its own table: empty ones come first. */
  own: readonly string[];
}

/** Made new where a store is made: of the migration tool, and what the engine itself keeps of other tables. */
export const isMadeAnew = (name: string): boolean => name.startsWith('kysely_') || name === 'open_intents';

/** Every table after those that its rows name; otherwise by name. @throws Error when two name one another */
export function parentsFirst(tables: readonly TableShape[]): TableShape[] {
  const left = new Map([...tables].sort((a, b) => (a.name < b.name ? -1 : 1)).map((table) => [table.name, table]));
  const sorted: TableShape[] = [];
  while (left.size > 0) {
    const next = [...left.values()].find(({ parents }) => !parents.some((parent) => left.has(parent)));
    if (!next) throw new Error(`tables that name one another: ${[...left.keys()].join(', ')}`);
    left.delete(next.name);
    sorted.push(next);
  }
  return sorted;
}

const quoted = (name: string): string => `"${name}"`;

/** Reads a whole table in one order, the same in every engine: text sorts as bytes do. */
export function selectAll({ name, columns, key, own }: TableShape): string {
  const order = [...own.map((column) => `(${quoted(column)} is not null)`), ...key.map(quoted)];
  return `select ${names(columns)} from ${quoted(name)} order by ${order.join(', ')}`;
}

export const names = (columns: TableShape['columns']): string => columns.map(({ name }) => quoted(name)).join(', ');

/** What differs between two sets of tables, in words; undefined when nothing does. */
export function shapeDifference(want: readonly TableShape[], got: readonly TableShape[]): string | undefined {
  const text = ({ name, columns }: TableShape) =>
    `${name}(${columns.map((one) => `${one.name} ${one.type}`).join(', ')})`;
  const [wanted, found] = [want.map(text), got.map(text)];
  const missing = wanted.filter((one) => !found.includes(one));
  const more = found.filter((one) => !wanted.includes(one));
  if (missing.length + more.length === 0) return undefined;
  return [...missing.map((one) => `no ${one}`), ...more.map((one) => `${one} is not of it`)].join('; ');
}
