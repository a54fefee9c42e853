import type Database from 'better-sqlite3';
import {
  CamelCasePlugin,
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import type { Tables } from '../../tables.ts';
import { whenFree } from './connection.ts';

/** More distinct statements than this service has; bulk inserts of odd sizes must not fill memory. */
const CACHED_STATEMENTS = 256;

/** Statements are compiled once per connection. `intercept` sees each before it runs and may throw (fault injection). */
function cached(database: Database.Database, intercept?: (sql: string) => void): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      intercept?.(sql);
      let statement = statements.get(sql);
      if (!statement) {
        statement = database.prepare(sql) as SqliteStatement;
        if (statements.size >= CACHED_STATEMENTS) statements.clear();
        statements.set(sql, statement);
      }
      return statement;
    },
  };
}

/** Transactions take the write lock at once: a reader that turns writer half-way could only fail. */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Database.Database;
  constructor(database: Database.Database, intercept?: (sql: string) => void) {
    super({ database: cached(database, intercept) });
    this.#database = database;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await whenFree(() => connection.executeQuery(CompiledQuery.raw('begin immediate')));
  }

  /** SQLite itself rolls back after some errors (disk full); a second rollback would hide the first error. */
  override async rollbackTransaction(): Promise<void> {
    if (this.#database.inTransaction) this.#database.exec('rollback');
  }
}

export function writeKysely(database: Database.Database, intercept?: (sql: string) => void): Kysely<Tables> {
  return kysely(new ImmediateDriver(database, intercept));
}

/** For readers: a connection that cannot change anything, whose transactions are plain snapshots. */
export function readKysely(database: Database.Database): Kysely<Tables> {
  database.pragma('query_only = ON');
  return kysely(new SqliteDriver({ database: cached(database) }));
}

function kysely(driver: SqliteDriver): Kysely<Tables> {
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] });
}
