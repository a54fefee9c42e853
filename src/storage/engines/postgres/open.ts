import { sql } from 'kysely';
import { disagreements } from '../../agreement.ts';
import type { AnySchema } from '../../migrations/engine.ts';
import { migrate, pendingMigrations } from '../../migrations/migrate.ts';
import { createReader } from '../../readers/reader.ts';
import type { Storage } from '../../storage.ts';
import { createPostgresTransactor, LOCKS, lock } from './commit.ts';
import { type Intercept, readKysely, writeKysely } from './dialect.ts';
import { isConnectionLost, translateError } from './errors.ts';
import { grantService, guardTables, standing, unguarded } from './guard.ts';
import { postgresIntegrity } from './integrity.ts';
import { createPools } from './pool.ts';
import { preparedPool } from './prepared.ts';
import { steadyReader } from './reader.ts';
import { columnTypes, postgresSchema } from './schema.ts';
import { EVERY_TENANT, readFor } from './scope.ts';

interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. Holds a secret: nothing here repeats it. */
  url: string;
  /** Role that the service will be, where this user is the owner of the tables: it gets what it needs, and no more. */
  grantTo?: string;
  /** Milliseconds without an answer of the server after which it is given up. */
  silence?: number;
  /** For fault tests: sees the SQL text of every statement of writers before it is sent; may throw. */
  intercept?: Intercept;
  /** The same for readers. */
  interceptReads?: Intercept;
}

/** Milliseconds. Another replica may be migrating a large store at this moment. */
const MIGRATION_TIMEOUT = 600_000;

/**
 * Opens a store in one PostgreSQL database, which several processes share. Who owns the tables (or finds none) brings them up
 * to date; a role that owns nothing finds them as they are, and sees of them what the policies let it (guard.ts).
 *
 * Connections are taken as they are needed: at most six that write, six that read. Needs session settings, so no pooler
 * between that shares sessions among transactions.
 * @throws Problem `unavailable` when the server cannot be reached; Error when the database is not UTF-8, a migration fails,
 * or the tables are older than this version and not this user's to change
 */
export async function openPostgres(options: PostgresOptions): Promise<Storage> {
  const pools = await createPools(options.url);
  const { silence } = options;
  const [writing, reading] = [preparedPool(pools.writer, silence), preparedPool(pools.reader, silence)];
  const writer = writeKysely(writing, options.intercept);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= Promise.all([pools.writer.end(), pools.reader.end()]).then(() => undefined);
    return closed;
  };
  let rowSecurity: boolean;
  try {
    // As long as it takes, and with statements that are never seen again.
    const migrator = writeKysely(pools.writer, options.intercept);
    rowSecurity = await migrator.transaction().execute(async (trx) => {
      await sql`set local lock_timeout = ${sql.lit(MIGRATION_TIMEOUT)}`.execute(trx);
      await sql`set local statement_timeout = ${sql.lit(MIGRATION_TIMEOUT)}`.execute(trx);
      const { rows } = await sql<{ encoding: string }>`select getdatabaseencoding() as encoding`.execute(trx);
      if (rows[0]?.encoding !== 'UTF8') throw new Error(`the database must be UTF-8, and is ${rows[0]?.encoding}`);
      await lock(trx, LOCKS.migrate);
      return prepareTables(trx.withoutPlugins().withPlugin(columnTypes), options.grantTo);
    });
  } catch (error) {
    await close();
    // What the server says of the address or the password is what the operator has to read.
    throw isConnectionLost(error) ? translateError(error) : error;
  }
  const readers = readKysely(reading, rowSecurity, options.interceptReads);
  return {
    reader: steadyReader(createReader(readers), reading.forget),
    transactor: createPostgresTransactor(writer, { guarded: rowSecurity, onStalePlan: writing.forget }),
    rowSecurity,
    // All of it of one moment: the service may be writing meanwhile.
    integrity: () =>
      readFor(EVERY_TENANT, () =>
        readers
          .transaction()
          .execute(async (trx) => [...(await postgresIntegrity(trx)), ...(await disagreements(trx))]),
      ),
    connections: () =>
      (['writer', 'reader'] as const).map((pool) => {
        const { totalCount: total, idleCount: idle, waitingCount: waiting } = pools[pool];
        return { pool, total, idle, waiting };
      }),
    close,
  };
}

const ASK_OWNER = 'run `tatak schema` with the address of their owner';

/** @returns whether policies hold for this user */
async function prepareTables(db: AnySchema, grantTo: string | undefined): Promise<boolean> {
  const { empty, maker, owner, exempt } = await standing(db);
  if (empty && !maker) throw new Error(`there are no tables yet, and this user may not make them: ${ASK_OWNER}`);
  if (empty || owner) {
    await migrate(db, postgresSchema);
    await guardTables(db);
    if (grantTo !== undefined) await grantService(db, grantTo);
    return false;
  }
  if (grantTo !== undefined) throw new Error('only the owner of the tables can let another role in');
  const pending = await pendingMigrations(db, postgresSchema);
  const open = await unguarded(db);
  if (pending.length > 0) throw new Error(`the tables are older than this version (${pending[0]}): ${ASK_OWNER}`);
  if (open.length > 0) throw new Error(`tables without row-level security (${open[0]}): ${ASK_OWNER}`);
  return !exempt;
}
