import type Database from 'better-sqlite3';
import {
  CamelCasePlugin,
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import type { PromptAdapter } from '../../statement.ts';
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

type Prompt = (parameters: readonly unknown[]) => QueryResult<unknown>;

/**
 * Runs what is asked most past the queue of the driver, which costs twice the statement. In a transaction its own statements
 * are alone on the connection; outside only readers may, who on a connection of their own see nothing uncommitted.
 */
class SqlitePromptAdapter extends SqliteAdapter implements PromptAdapter {
  readonly #prompts = new Map<string, Prompt>();
  readonly #database: Database.Database;
  readonly #intercept: ((sql: string) => void) | undefined;
  readonly #readsOnly: boolean;

  constructor(database: Database.Database, options: { readsOnly: boolean; intercept?: (sql: string) => void }) {
    super();
    this.#database = database;
    this.#readsOnly = options.readsOnly;
    this.#intercept = options.intercept;
  }

  prompt(sql: string, parameters: readonly unknown[], inTransaction: boolean): QueryResult<unknown> | undefined {
    if (!inTransaction && !this.#readsOnly) return undefined;
    this.#intercept?.(sql);
    let prompt = this.#prompts.get(sql);
    if (!prompt) {
      prompt = promptOf(this.#database, sql);
      this.#prompts.set(sql, prompt);
    }
    return prompt(parameters);
  }
}

function promptOf(database: Database.Database, sql: string): Prompt {
  const statement = database.prepare(sql);
  if (!statement.reader) {
    return (parameters) => ({ rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) });
  }
  const names = statement.columns().map(({ name }) => name.replace(/_([a-z0-9])/g, (_, first) => first.toUpperCase()));
  statement.raw(true);
  return (parameters) => {
    const rows = (statement.all(parameters) as unknown[][]).map((cells) => {
      const row: Record<string, unknown> = {};
      for (let at = 0; at < names.length; at++) row[names[at]!] = cells[at];
      return row;
    });
    return { rows };
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
  const adapter = new SqlitePromptAdapter(database, { readsOnly: false, ...(intercept ? { intercept } : {}) });
  return kysely(new ImmediateDriver(database, intercept), adapter);
}

/** For readers: a connection that cannot change anything, whose transactions are plain snapshots. */
export function readKysely(database: Database.Database): Kysely<Tables> {
  database.pragma('query_only = ON');
  const driver = new SqliteDriver({ database: cached(database) });
  return kysely(driver, new SqlitePromptAdapter(database, { readsOnly: true }));
}

function kysely(driver: SqliteDriver, adapter: SqliteAdapter): Kysely<Tables> {
  const dialect: Dialect = {
    createAdapter: () => adapter,
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] });
}
