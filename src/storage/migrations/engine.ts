import type { CreateTableBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A migration sees the schema as it was then, never today's table types. */
// biome-ignore lint/suspicious/noExplicitAny: the schema of another time has no type
export type AnySchema = Kysely<any>;

/** What differs between engines when tables are made. */
export interface MigrationEngine {
  readonly bytes: 'blob' | 'bytea';
  /** A table with the strictest column typing the engine has. */
  table(db: AnySchema, name: string): CreateTableBuilder<string>;
  /** From now on no statement updates or deletes rows of this table: the engine raises an error. */
  appendOnly(db: AnySchema, name: string): Promise<void>;
  /** For the length of a migration that fills a new column: `appendOnly` again afterwards. */
  releaseAppendOnly(db: AnySchema, name: string): Promise<void>;
  /**
   * `open_intents` has the tenant, the time and the id of every credential that is prepared and not settled, as of each moment,
   * whoever writes: also an older version beside. Nobody writes it by hand, and it is in no copy of a store.
   */
  openIntents(db: AnySchema): Promise<void>;
}

export type EngineMigration = (engine: MigrationEngine) => Migration;
