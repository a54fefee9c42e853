import { sql } from 'kysely';
import type { AnySchema, MigrationEngine } from '../../migrations/engine.ts';

/** STRICT tables refuse a value of another type; triggers make a table append-only. */
export const sqliteSchema: MigrationEngine = {
  bytes: 'blob',
  table: (db: AnySchema, name: string) => db.schema.createTable(name).modifyEnd(sql`strict`),
  async appendOnly(db: AnySchema, name: string) {
    for (const event of ['update', 'delete']) {
      const trigger = sql.ref(`${name}_no_${event}`);
      const message = sql.lit(`${name} is append-only`);
      await sql`create trigger ${trigger} before ${sql.raw(event)} on ${sql.table(name)}
        begin select raise(abort, ${message}); end`.execute(db);
    }
  },
  async releaseAppendOnly(db: AnySchema, name: string) {
    for (const event of ['update', 'delete']) await sql`drop trigger ${sql.ref(`${name}_no_${event}`)}`.execute(db);
  },
  /** By the index of what is prepared: here a row keeps its place, and no other index is touched. */
  async openIntents(db: AnySchema) {
    await sql`create view open_intents as
      select tenant, prepared_at, credential_id from credentials where phase = 'prepared'`.execute(db);
  },
};
