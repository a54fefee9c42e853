import { type Kysely, sql } from 'kysely';
import { isMadeAnew } from '../../copies/shape.ts';
import type { AnySchema } from '../../migrations/engine.ts';
import { EVERY_TENANT, SETTING } from './scope.ts';

/** Name of the one policy that each table has. */
const POLICY = 'tenant_rows';

interface TableState {
  name: string;
  /** Rows of it belong to tenants. */
  tenants: boolean;
  /** Its policy is there and in force. */
  guarded: boolean;
  /** No statement changes its rows. */
  appendOnly: boolean;
}

/** Of the schema in which the tables of this connection are; without the migrator's own. */
async function tables(db: AnySchema): Promise<TableState[]> {
  const { rows } = await sql<TableState>`
    select c.relname as name,
      exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant') as tenants,
      c.relrowsecurity and exists (
        select 1 from pg_policy p where p.polrelid = c.oid and p.polname = ${POLICY}) as guarded,
      exists (select 1 from pg_trigger t
        where t.tgrelid = c.oid and t.tgname = c.relname || '_append_only') as "appendOnly"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'r' and c.relname not like 'kysely%'
    order by c.relname`.execute(db.withoutPlugins());
  return rows;
}

/**
 * Row-level security on every table that has none yet, as its owner: rows are seen, and written, only for the tenant that
 * the session said, or for all where it said so. Tables without a tenant belong to the service, and are there only for all.
 *
 * It is no migration, so that a table made by any later one has it too. It is not FORCEd: the owner (which migrates and
 * dumps, and which `pg_dump` would refuse to be otherwise) passes by it, and so does the service where it is the owner.
 */
export async function guardTables(db: AnySchema): Promise<void> {
  const setting = sql`(select current_setting(${sql.lit(SETTING)}, true))`;
  const every = sql`${setting} = ${sql.lit(EVERY_TENANT)}`;
  for (const { name, tenants, guarded } of await tables(db)) {
    if (guarded) continue;
    const table = sql.table(name);
    const rows = tenants ? sql`tenant = ${setting} or ${every}` : every;
    await sql`drop policy if exists ${sql.ref(POLICY)} on ${table}`.execute(db);
    await sql`create policy ${sql.ref(POLICY)} on ${table} using (${rows}) with check (${rows})`.execute(db);
    await sql`alter table ${table} enable row level security`.execute(db);
  }
}

/** Names of tables that have no policy, or where it is not in force. */
export async function unguarded(db: Kysely<never> | AnySchema): Promise<string[]> {
  return (await tables(db as AnySchema)).filter(({ guarded }) => !guarded).map(({ name }) => name);
}

/**
 * What a role that owns nothing needs to be the service, and no more: no TRUNCATE, no change of a table, and of tables that
 * only grow neither UPDATE nor DELETE, and of what the engine keeps by itself nothing but to read.
 * @throws the error of the server for a role that does not exist
 */
export async function grantService(db: AnySchema, role: string): Promise<void> {
  const to = sql.ref(role);
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db.withoutPlugins());
  await sql`grant usage on schema ${sql.ref(rows[0]!.name)} to ${to}`.execute(db);
  await sql`grant select on kysely_migration to ${to}`.execute(db);
  for (const { name, appendOnly } of await tables(db)) {
    await sql`revoke all on ${sql.table(name)} from ${to}`.execute(db);
    const changing = appendOnly ? 'select, insert' : 'select, insert, update, delete';
    const kinds = isMadeAnew(name) ? 'select' : changing;
    await sql`grant ${sql.raw(kinds)} on ${sql.table(name)} to ${to}`.execute(db);
  }
}

export interface Standing {
  /** There are no tables. */
  empty: boolean;
  /** May make some. */
  maker: boolean;
  /** May change them. */
  owner: boolean;
  /** Policies do not hold for it, whoever owns the tables. */
  exempt: boolean;
}

/** What the user of this connection is to the tables. */
export async function standing(db: AnySchema): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select r.rolsuper or r.rolbypassrls as exempt,
      not exists (select 1 from pg_class c where c.relnamespace = n.oid and c.relname = 'institutions') as empty,
      coalesce(has_schema_privilege(n.oid, 'create'), false) as maker,
      exists (select 1 from pg_class c where c.relnamespace = n.oid and c.relkind = 'r'
        and pg_has_role(current_user, c.relowner, 'usage')) as owner
    from pg_roles r left join pg_namespace n on n.nspname = current_schema()
    where r.rolname = current_user`.execute(db.withoutPlugins());
  return rows[0]!;
}
