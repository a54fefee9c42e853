import { CompiledQuery, type Kysely, sql, type Transaction } from 'kysely';
import { disagreements } from '../../agreement.ts';
import { BackupFault } from '../../copies/fault.ts';
import { isMadeAnew, names, parentsFirst, type Row, selectAll, type TableShape } from '../../copies/shape.ts';
import type { StoreFilling, StoreLeaving, StoreReading } from '../../copies/store.ts';
import { insertMark } from '../../marks.ts';
import { executedMigrations, migrate } from '../../migrations/migrate.ts';
import type { Tables } from '../../tables.ts';
import { LOCKS, lock } from './commit.ts';
import { readKysely, writeKysely } from './dialect.ts';
import { translateError } from './errors.ts';
import { guardTables } from './guard.ts';
import { postgresIntegrity } from './integrity.ts';
import { createPools } from './pool.ts';
import { columnTypes, postgresSchema } from './schema.ts';

/** Rows fetched at a time: pictures are large. */
const FETCH = { rows: 200, pictures: 10 } as const;

/** One snapshot (REPEATABLE READ, read only): what is committed meanwhile is not in it, and nobody waits. */
export function readPostgres<T>(url: string, work: (reading: StoreReading) => Promise<T>): Promise<T> {
  return connected(url, (pools) =>
    // The owner of the tables, whom no policy holds.
    readKysely(pools.reader, false)
      .transaction()
      .execute(async (trx) => {
        await withoutHurry(trx);
        return work(await reading(trx));
      }),
  );
}

/** Nobody writes to any table from the first row to the last. */
export function leavePostgres<T>(url: string, work: (leaving: StoreLeaving) => Promise<T>): Promise<T> {
  return connected(url, (pools) =>
    writeKysely(pools.writer)
      .transaction()
      .execute(async (trx) => {
        await withoutHurry(trx);
        const all = await shapes(trx);
        if (all.length > 0) {
          const listed = sql.join(all.map(({ name }) => sql.table(name)));
          await sql`lock table ${listed} in share row exclusive mode`.execute(trx);
        }
        return work({
          ...(await reading(trx)),
          async leave(to, at) {
            await insertMark(trx, { name: 'moved', detail: to, at });
            const message = sql.lit(`the store has moved to ${to}`);
            await sql`create function store_moved() returns trigger language plpgsql
              as $$ begin raise exception ${message}; end $$`.execute(trx);
            await sql`create trigger moved before insert on audit for each statement execute function store_moved()`.execute(
              trx,
            );
          },
        });
      }),
  );
}

/**
 * Everything in one transaction: what fails leaves the database empty, and other processes that want to start wait.
 * @throws Error when there is anything in the database
 */
export function fillPostgres<T>(
  url: string,
  migrations: readonly string[],
  work: (filling: StoreFilling) => Promise<T>,
): Promise<T> {
  return connected(url, (pools) =>
    writeKysely(pools.writer)
      .transaction()
      .execute(async (trx) => {
        await withoutHurry(trx);
        await lock(trx, LOCKS.migrate);
        const { rows } = await sql<{ name: string }>`select relname as name from pg_class
          where relnamespace = ${ownSchema} limit 1`.execute(trx);
        if (rows[0]) throw new BackupFault(`the database is not empty: there is ${rows[0].name}`);
        const plain = trx.withoutPlugins().withPlugin(columnTypes);
        await migrate(plain, postgresSchema, migrations);
        return work({
          tables: await shapes(trx),
          trx,
          insert: (table, piece) => insert(trx, table, piece),
          rows: (table) => rowsOf(trx, table),
          async upgrade() {
            await migrate(plain, postgresSchema);
            await guardTables(plain);
          },
          integrity: async () => [...(await postgresIntegrity(trx)), ...(await disagreements(trx))],
        });
      }),
  );
}

async function connected<T>(
  url: string,
  work: (pools: Awaited<ReturnType<typeof createPools>>) => Promise<T>,
): Promise<T> {
  const pools = await createPools(url);
  try {
    return await work(pools);
  } catch (error) {
    throw translateError(error);
  } finally {
    await Promise.all([pools.writer.end(), pools.reader.end()]);
  }
}

/** Hours may pass in one transaction; and where rows are hidden from this user it is an error, not a smaller copy. */
async function withoutHurry(trx: Transaction<Tables>): Promise<void> {
  for (const setting of ['statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout']) {
    await sql`select set_config(${setting}, ${setting === 'lock_timeout' ? '600000' : '0'}, true)`.execute(trx);
  }
  await sql`set local row_security = off`.execute(trx);
}

async function reading(trx: Transaction<Tables>): Promise<StoreReading> {
  return {
    engine: 'postgres',
    migrations: await executedMigrations(trx),
    tables: await shapes(trx),
    rows: (table) => rowsOf(trx, table),
    db: trx,
  };
}

const ARRAYS = { text: 'text[]', integer: 'bigint[]', bytes: 'bytea[]' } as const;

/** One parameter a column: the same statement for every piece. */
async function insert(trx: Kysely<Tables>, { name, columns }: TableShape, piece: readonly Row[]): Promise<void> {
  const arrays = columns.map(({ type }, at) => `$${at + 1}::${ARRAYS[type]}`).join(', ');
  const text = `insert into "${name}" (${names(columns)}) select * from unnest(${arrays})`;
  const values = columns.map((_, at) => piece.map((row) => row[at]));
  try {
    await trx.executeQuery(CompiledQuery.raw(text, values));
  } catch (error) {
    // Integrity of constraints, and values that the type cannot have (appendix A of its manual).
    const { code = '', constraint = code } = error as { code?: string; constraint?: string };
    throw /^2[23]/.test(code) ? new BackupFault(`a row of ${name} is not taken: ${constraint}`) : error;
  }
}

async function* rowsOf(trx: Kysely<Tables>, table: TableShape): AsyncGenerator<Row[]> {
  const db = trx.withoutPlugins();
  const most = table.columns.some(({ type }) => type === 'bytes') ? FETCH.pictures : FETCH.rows;
  await db.executeQuery(CompiledQuery.raw(`declare copied no scroll cursor for ${selectAll(table)}`));
  try {
    for (;;) {
      const { rows } = await db.executeQuery<Record<string, Row[number]>>(
        CompiledQuery.raw(`fetch ${most} from copied`),
      );
      if (rows.length === 0) return;
      yield rows.map((row) => table.columns.map(({ name }) => row[name]!));
    }
  } finally {
    await db.executeQuery(CompiledQuery.raw('close copied'));
  }
}

const ownSchema = sql`(select oid from pg_namespace where nspname = current_schema())`;
const TYPES: Record<string, 'text' | 'integer' | 'bytes'> = {
  text: 'text',
  int8: 'integer',
  int4: 'integer',
  bytea: 'bytes',
};

interface Column {
  table: string;
  name: string;
  type: string;
  key: number | null;
}

interface Link {
  child: string;
  parent: string;
  columns: string[];
}

async function shapes(trx: Kysely<Tables>): Promise<TableShape[]> {
  const db = trx.withoutPlugins();
  const columns = await sql<Column>`
    select c.relname as table, a.attname as name, t.typname as type, array_position(k.conkey, a.attnum) as key
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
    where c.relnamespace = ${ownSchema} and c.relkind in ('r', 'p')`.execute(db);
  const links = await sql<Link>`
    select conrelid::regclass::text as child, confrelid::regclass::text as parent, (
      select json_agg(a.attname) from pg_attribute a where a.attrelid = conrelid and a.attnum = any(conkey)) as columns
    from pg_constraint where contype = 'f' and connamespace = ${ownSchema}`.execute(db);
  const tables = [...new Set(columns.rows.map(({ table }) => table))].filter((name) => !isMadeAnew(name));
  return parentsFirst(tables.map((name) => shape(name, columns.rows, links.rows)));
}

function shape(name: string, all: readonly Column[], links: readonly Link[]): TableShape {
  const mine = all.filter(({ table }) => table === name);
  const key = mine.filter((column) => column.key !== null).sort((a, b) => a.key! - b.key!);
  const columns = mine.map((column) => {
    const type = TYPES[column.type];
    if (!type) throw new Error(`a column of an unknown type: ${name}.${column.name} ${column.type}`);
    return { name: column.name, type };
  });
  const own = links.filter(({ child, parent }) => child === name && parent === name).flatMap((link) => link.columns);
  return {
    name,
    columns: columns.sort((a, b) => (a.name < b.name ? -1 : 1)),
    key: key.map((column) => column.name),
    parents: [
      ...new Set(links.filter(({ child, parent }) => child === name && parent !== name).map((one) => one.parent)),
    ].sort(),
    own: own.filter((column) => !key.some((one) => one.name === column)).sort(),
  };
}
