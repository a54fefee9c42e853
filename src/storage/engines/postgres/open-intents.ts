import { sql } from 'kysely';
import type { AnySchema } from '../../migrations/engine.ts';

/**
 * A table that triggers keep, and no index of the phase: a change of an indexed column makes the server write a row's entry
 * in every index of the table again, and each credential changes its phase once. That takes pages with room for the row
 * beside itself, without its signed text and with it.
 *
 * The functions act as the owner of the tables: a service that was let in before they were there goes on.
 */
export async function openIntents(db: AnySchema): Promise<void> {
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db.withoutPlugins());
  const own = (name: string) => sql.id(rows[0]!.name, name);
  // Whoever reads or writes credentials waits from here on: none is missed.
  await sql`lock table credentials in access exclusive mode`.execute(db);
  await db.schema
    .createTable('open_intents')
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('prepared_at', 'text', (c) => c.notNull())
    .addColumn('credential_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('open_intents_pk', ['prepared_at', 'credential_id'])
    .execute();
  await sql`create function ${own('open_intents_add')}() returns trigger language plpgsql security definer
    set search_path = pg_catalog as $$ begin
    insert into ${own('open_intents')} (tenant, prepared_at, credential_id)
      select tenant, prepared_at, credential_id from added where phase = 'prepared';
    return null; end $$`.execute(db);
  // Whatever the server believes of the number of rows: each is found by its key.
  await sql`create function ${own('open_intents_remove')}() returns trigger language plpgsql security definer
    set search_path = pg_catalog set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$ begin
    delete from ${own('open_intents')} i using changed c
      where c.phase <> 'prepared' and i.prepared_at = c.prepared_at and i.credential_id = c.credential_id;
    return null; end $$`.execute(db);
  await sql`create trigger open_intents_add after insert on credentials referencing new table as added
    for each statement execute function ${own('open_intents_add')}()`.execute(db);
  await sql`create trigger open_intents_remove after update on credentials referencing new table as changed
    for each statement execute function ${own('open_intents_remove')}()`.execute(db);
  await sql`insert into open_intents (tenant, prepared_at, credential_id)
    select tenant, prepared_at, credential_id from credentials where phase = 'prepared'`.execute(db);
  await db.schema.dropIndex('credentials_prepared').execute();
  await sql`alter table credentials set (fillfactor = 45)`.execute(db);
}
