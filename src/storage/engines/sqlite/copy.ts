import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type Kysely, sql, type Transaction } from 'kysely';
import { disagreements } from '../../agreement.ts';
import { BackupFault } from '../../copies/fault.ts';
import { isMadeAnew, names, parentsFirst, type Row, selectAll, type TableShape } from '../../copies/shape.ts';
import { PIECE, type StoreFilling, type StoreLeaving, type StoreReading, sizeOf } from '../../copies/store.ts';
import { insertMark } from '../../marks.ts';
import { executedMigrations, migrate } from '../../migrations/migrate.ts';
import type { Tables } from '../../tables.ts';
import { connect, connectWriter, unfinished, whenFree } from './connection.ts';
import { readKysely, writeKysely } from './dialect.ts';
import { sqliteIntegrity } from './integrity.ts';
import { sqliteSchema } from './schema.ts';

/** A read transaction: in WAL mode a snapshot that stops nobody. Changes nothing, not even the schema of an older version. */
export async function readSqlite<T>(path: string, work: (reading: StoreReading) => Promise<T>): Promise<T> {
  const database = connect(path);
  try {
    const db = readKysely(database);
    database.exec('begin');
    return await work(await reading(database, db));
  } finally {
    database.close();
  }
}

/** Holds the write lock from the first row to the last. */
export async function leaveSqlite<T>(path: string, work: (leaving: StoreLeaving) => Promise<T>): Promise<T> {
  const database = connectWriter(path);
  try {
    const db = writeKysely(database);
    await whenFree(async () => database.exec('begin immediate'));
    const result = await work({
      ...(await reading(database, db)),
      async leave(to, at) {
        await insertMark(db, { name: 'moved', detail: to, at });
        // Also for processes that opened it before.
        const message = sql.lit(`the store has moved to ${to}`);
        await sql`create trigger moved before insert on audit begin select raise(abort, ${message}); end`.execute(db);
      },
    });
    database.exec('commit');
    return result;
  } finally {
    database.close();
  }
}

async function reading(database: Database.Database, db: Kysely<Tables>): Promise<StoreReading> {
  return {
    engine: 'sqlite',
    migrations: await executedMigrations(db),
    tables: shapes(database),
    rows: (table) => rowsOf(database, table),
    db,
  };
}

/**
 * Makes a database under another name, and gives it its own when `work` is done and everything is on disk.
 * @param migrations the last one the rows were written with
 * @throws BackupFault when there is a database, or the beginning of one
 */
export async function fillSqlite<T>(
  path: string,
  migrations: readonly string[],
  work: (filling: StoreFilling) => Promise<T>,
): Promise<T> {
  const making = unfinished(path);
  for (const taken of [path, making])
    if (existsSync(taken)) throw new BackupFault(`there is a database already: ${taken}`);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(making, 'wx', 0o600));
  const database = new Database(making);
  let done = false;
  try {
    // Until it has its name nobody needs it: no journal, no flushing on the way.
    for (const setting of [
      'journal_mode = off',
      'synchronous = off',
      'foreign_keys = off',
      'recursive_triggers = on',
    ]) {
      database.pragma(setting);
    }
    const db = writeKysely(database);
    const result = await db.connection().execute(async (connection) => {
      database.exec('begin immediate');
      await migrate(connection.withoutPlugins(), sqliteSchema, migrations);
      const filled = await work(filling(database, connection));
      database.exec('commit');
      return filled;
    });
    database.close();
    flush(making);
    renameSync(making, path);
    flush(dirname(path));
    done = true;
    return result;
  } finally {
    if (database.open) database.close();
    if (!done) for (const tail of ['', '-wal', '-shm', '-journal']) rmSync(making + tail, { force: true });
  }
}

function filling(database: Database.Database, connection: Kysely<Tables>): StoreFilling {
  const inserts = new Map<string, Database.Statement>();
  return {
    tables: shapes(database),
    trx: connection as Transaction<Tables>,
    rows: (table) => rowsOf(database, table),
    async insert(table, rows) {
      const { name, columns } = table;
      const places = columns.map(() => '?').join(', ');
      const text = `insert into "${name}" (${names(columns)}) values (${places})`;
      const insert = inserts.get(name) ?? database.prepare(text);
      inserts.set(name, insert);
      try {
        for (const row of rows) insert.run(...row);
      } catch (error) {
        const refused = error instanceof Database.SqliteError && /^SQLITE_(?:CONSTRAINT|MISMATCH)/.test(error.code);
        throw refused ? new BackupFault(`a row of ${name} is not taken: ${error.message}`) : error;
      }
    },
    upgrade: () => migrate(connection.withoutPlugins(), sqliteSchema),
    integrity: async () => [...sqliteIntegrity(database), ...(await disagreements(connection))],
  };
}

async function* rowsOf(database: Database.Database, table: TableShape): AsyncGenerator<Row[]> {
  let piece: Row[] = [];
  let bytes = 0;
  for (const row of database.prepare(selectAll(table)).raw().iterate() as IterableIterator<Row>) {
    piece.push(row);
    bytes += sizeOf(row);
    if (piece.length < PIECE.rows && bytes < PIECE.bytes) continue;
    yield piece;
    [piece, bytes] = [[], 0];
  }
  if (piece.length > 0) yield piece;
}

const TYPES: Record<string, 'text' | 'integer' | 'bytes'> = { TEXT: 'text', INTEGER: 'integer', BLOB: 'bytes' };

function shapes(database: Database.Database): TableShape[] {
  const tables = database.prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'");
  const found = (tables.pluck().all() as string[]).filter((name) => !isMadeAnew(name));
  return parentsFirst(found.map((name) => shape(database, name)));
}

function shape(database: Database.Database, name: string): TableShape {
  const info = database.pragma(`table_info("${name}")`) as { name: string; type: string; pk: number }[];
  const links = database.pragma(`foreign_key_list("${name}")`) as { table: string; from: string }[];
  const key = info.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const columns = info.map((column) => {
    const type = TYPES[column.type.toUpperCase()];
    if (!type) throw new Error(`a column of an unknown type: ${name}.${column.name} ${column.type}`);
    return { name: column.name, type };
  });
  const own = links.filter(({ table, from }) => table === name && !key.some((one) => one.name === from));
  return {
    name,
    columns: columns.sort((a, b) => (a.name < b.name ? -1 : 1)),
    key: key.map((column) => column.name),
    parents: [...new Set(links.map(({ table }) => table).filter((table) => table !== name))].sort(),
    own: own.map(({ from }) => from).sort(),
  };
}

function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
