import {
  CamelCasePlugin,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  type PostgresPool,
  type PostgresPoolClient,
  PostgresQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import type { Tables } from '../../tables.ts';

/**
 * For writers. READ COMMITTED whatever the database's default is: every statement sees what was committed before it began,
 * so what is read after the lock of the audit chain was given is the newest (a snapshot taken before would not be).
 * @param intercept sees each statement before it is sent and may throw (fault injection)
 */
export function writeKysely(pool: PostgresPool, intercept?: (sql: string) => void): Kysely<Tables> {
  return kysely(
    new Transactions(intercept ? intercepted(pool, intercept) : pool, { isolationLevel: 'read committed' }),
  );
}

/** For readers, which cannot change anything: their transactions are snapshots of one moment. */
export function readKysely(pool: PostgresPool): Kysely<Tables> {
  return kysely(new Transactions(pool, { isolationLevel: 'repeatable read', accessMode: 'read only' }));
}

class Transactions extends PostgresDriver {
  readonly #settings: TransactionSettings;
  constructor(pool: PostgresPool, settings: TransactionSettings) {
    super({ pool });
    this.#settings = settings;
  }

  override beginTransaction(connection: DatabaseConnection): Promise<void> {
    return super.beginTransaction(connection, this.#settings);
  }
}

function intercepted(pool: PostgresPool, intercept: (sql: string) => void): PostgresPool {
  return {
    ...{ options: pool.options, end: () => pool.end() },
    async connect() {
      const client = await pool.connect();
      return {
        async query(text: string, parameters: readonly unknown[]) {
          intercept(text);
          return client.query(text, parameters);
        },
        release: (destroy?: boolean) => (client.release as (destroy?: boolean) => void)(destroy),
      } as unknown as PostgresPoolClient;
    },
  };
}

function kysely(driver: PostgresDriver): Kysely<Tables> {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] });
}
