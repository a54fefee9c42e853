import { type CreateTableBuilder, sql } from 'kysely';
import type { EngineMigration } from './engine.ts';

/** Keys that sign nothing until a person says so, and what was found. */
export const signingStops: EngineMigration = (engine) => ({
  async up(db) {
    let stops: CreateTableBuilder<string, string> = engine.table(db, 'signing_stops');
    stops = stops.addColumn('stop_id', 'text', (c) => c.primaryKey());
    for (const column of ['tenant', 'key_id', 'stopped_at', 'reason', 'credential_id', 'suspects', 'evidence']) {
      stops = stops.addColumn(column, 'text', (c) => c.notNull());
    }
    for (const column of ['lifted_at', 'lifted_by', 'lift_reason']) stops = stops.addColumn(column, 'text');
    await stops
      .addCheckConstraint('signing_stops_lifted', sql`(lifted_at is null) = (lifted_by is null)`)
      .addForeignKeyConstraint('signing_stops_institution', ['tenant'], 'institutions', ['tenant'])
      .execute();
    await db.schema
      .createIndex('signing_stops_open')
      .on('signing_stops')
      .columns(['tenant', 'key_id', 'stopped_at'])
      .where(sql<boolean>`lifted_at is null`)
      .execute();
  },
});
