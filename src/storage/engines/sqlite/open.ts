import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { disagreements } from '../../agreement.ts';
import { migrate } from '../../migrations/migrate.ts';
import { createReader } from '../../readers/reader.ts';
import type { Storage } from '../../storage.ts';
import { createSqliteTransactor } from './commit.ts';
import { connect, connectWriter, unfinished, whenFree } from './connection.ts';
import { readKysely, writeKysely } from './dialect.ts';
import { translateError } from './errors.ts';
import { sqliteIntegrity } from './integrity.ts';
import { createRelievedTransactor } from './relief.ts';
import { sqliteSchema } from './schema.ts';
import { withTakenPlaces } from './taken-places.ts';
import { startWriterThread } from './thread.ts';

/** Name of the database in a data directory. */
export const DATABASE_FILE = 'tatak.sqlite';

interface SqliteOptions {
  /** The database file, made when absent; `:memory:` for a store that ends with the process. */
  path: string;
  /**
   * For fault tests: sees the SQL text of every statement of the writing connection before it runs; may throw. With it, as
   * in memory, there is one writing connection and no thread.
   */
  intercept?: (sql: string) => void;
}

/**
 * Opens (and brings up to date) a store in one SQLite file. Several processes may open the same file: writers queue by
 * `BEGIN IMMEDIATE`, readers have a connection of their own and never wait for a writer.
 * @throws when the file cannot be opened, is not a database, or a migration fails
 */
export async function openSqlite({ path, intercept }: SqliteOptions): Promise<Storage> {
  if (existsSync(unfinished(path)))
    throw new Error(`a restore was interrupted here: remove ${unfinished(path)} and restore again`);
  const database = connectWriter(path);
  const writer = writeKysely(database, intercept);
  try {
    await writer.connection().execute(async (connection) => {
      await whenFree(() => sql`begin immediate`.execute(connection));
      await migrate(connection.withoutPlugins(), sqliteSchema);
      await sql`commit`.execute(connection);
    });
  } catch (error) {
    database.close();
    throw translateError(error);
  }
  // Every `:memory:` connection is a database of its own, so there the writer also reads.
  const reading = path === ':memory:' ? database : connect(path);
  const readers = reading === database ? writer : readKysely(reading);
  const transactor = createRelievedTransactor(
    createSqliteTransactor(writer, database),
    reading === database || intercept ? undefined : () => startWriterThread(path),
    translateError,
  );
  const reader = createReader(readers);
  if (reading !== database) reader.takenStatusIndexes = withTakenPlaces(reading, reader.takenStatusIndexes);
  return {
    reader,
    rowSecurity: false,
    transactor,
    integrity: async () => [...sqliteIntegrity(reading), ...(await disagreements(readers))],
    async close() {
      await transactor.close();
      if (reading.open) reading.close();
      if (database.open) database.close();
    },
  };
}
