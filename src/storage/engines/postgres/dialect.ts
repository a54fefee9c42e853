import {
  CamelCasePlugin,
  CompiledQuery,
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
import { SETTING, scopeSaid } from './scope.ts';

/** For tests: gets the text of each statement before it is sent, may throw, and may return another to be sent instead. */
export type Intercept = (sql: string) => unknown;

/**
 * For writers. READ COMMITTED whatever the database's default is: every statement sees what was committed before it began,
 * so what is read after the lock of the audit chain was given is the newest (a snapshot taken before would not be).
 */
export function writeKysely(pool: PostgresPool, intercept?: Intercept): Kysely<Tables> {
  return kysely(new Transactions(intercepted(pool, intercept), { isolationLevel: 'read committed' }));
}

/**
 * For readers, which cannot change anything: their transactions are snapshots of one moment.
 * @param guarded policies are in force: each connection is told whose rows it is asked for (scope.ts)
 */
export function readKysely(pool: PostgresPool, guarded: boolean, intercept?: Intercept): Kysely<Tables> {
  const settings = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;
  const through = intercepted(pool, intercept);
  return kysely(guarded ? new ScopedReads(through, settings) : new Transactions(through, settings));
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

/** A connection keeps what it was told last, so it is told again only when it is somebody else's turn. */
class ScopedReads extends Transactions {
  readonly #told = new WeakMap<object, string>();

  override async acquireConnection(
    ...args: Parameters<PostgresDriver['acquireConnection']>
  ): Promise<DatabaseConnection> {
    const scope = scopeSaid();
    const connection = await super.acquireConnection(...args);
    if (this.#told.get(connection) === scope) return connection;
    try {
      // Unknown until the server has answered.
      this.#told.delete(connection);
      await connection.executeQuery(CompiledQuery.raw(`select set_config('${SETTING}', $1, false)`, [scope]));
      this.#told.set(connection, scope);
      return connection;
    } catch (error) {
      await this.releaseConnection(connection as Parameters<PostgresDriver['releaseConnection']>[0]);
      throw error;
    }
  }
}

function intercepted(pool: PostgresPool, intercept: Intercept | undefined): PostgresPool {
  if (!intercept) return pool;
  return {
    ...{ options: pool.options, end: () => pool.end() },
    async connect() {
      const client = await pool.connect();
      return {
        async query(text: string, parameters: readonly unknown[]) {
          const other = intercept(text);
          return client.query(typeof other === 'string' ? other : text, parameters);
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
