import { sql } from 'kysely';
import { disagreements } from '../../agreement.ts';
import { migrate } from '../../migrations/migrate.ts';
import { createReader } from '../../readers/reader.ts';
import type { Storage } from '../../storage.ts';
import { createPostgresTransactor, LOCKS, lock } from './commit.ts';
import { readKysely, writeKysely } from './dialect.ts';
import { isConnectionLost, translateError } from './errors.ts';
import { postgresIntegrity } from './integrity.ts';
import { createPools } from './pool.ts';
import { steadyReader } from './reader.ts';
import { columnTypes, postgresSchema } from './schema.ts';

interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. Holds a secret: nothing here repeats it. */
  url: string;
  /** For fault tests: sees the SQL text of every statement of writers before it is sent; may throw. */
  intercept?: (sql: string) => void;
}

/** Milliseconds. Another replica may be migrating a large store at this moment. */
const MIGRATION_TIMEOUT = 600_000;

/**
 * Opens (and brings up to date) a store in one PostgreSQL database, which several processes share. Connections are taken as
 * they are needed: at most six that write, six that read. Needs session settings, so no pooler between that shares
 * sessions among transactions.
 * @throws Problem `unavailable` when the server cannot be reached; Error when the database is not UTF-8 or a migration fails
 */
export async function openPostgres({ url, intercept }: PostgresOptions): Promise<Storage> {
  const pools = await createPools(url);
  const writer = writeKysely(pools.writer, intercept);
  const readers = readKysely(pools.reader);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= Promise.all([pools.writer.end(), pools.reader.end()]).then(() => undefined);
    return closed;
  };
  try {
    await writer.transaction().execute(async (trx) => {
      await sql`set local lock_timeout = ${sql.lit(MIGRATION_TIMEOUT)}`.execute(trx);
      await sql`set local statement_timeout = ${sql.lit(MIGRATION_TIMEOUT)}`.execute(trx);
      const { rows } = await sql<{ encoding: string }>`select getdatabaseencoding() as encoding`.execute(trx);
      if (rows[0]?.encoding !== 'UTF8') throw new Error(`the database must be UTF-8, and is ${rows[0]?.encoding}`);
      await lock(trx, LOCKS.migrate);
      await migrate(trx.withoutPlugins().withPlugin(columnTypes), postgresSchema);
    });
  } catch (error) {
    await close();
    // What the server says of the address or the password is what the operator has to read.
    throw isConnectionLost(error) ? translateError(error) : error;
  }
  return {
    reader: steadyReader(createReader(readers)),
    transactor: createPostgresTransactor(writer),
    // All of it of one moment: the service may be writing meanwhile.
    integrity: () =>
      readers.transaction().execute(async (trx) => [...(await postgresIntegrity(trx)), ...(await disagreements(trx))]),
    connections: () =>
      (['writer', 'reader'] as const).map((pool) => {
        const { totalCount: total, idleCount: idle, waitingCount: waiting } = pools[pool];
        return { pool, total, idle, waiting };
      }),
    close,
  };
}
