import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../tables.ts';

/** Rows shown of one kind. */
const MOST = 20;

interface ForeignKey {
  constraint: string;
  child: string;
  parent: string;
  columns: string[];
  parentColumns: string[];
}

/** Of the schema in which the tables of this connection are. */
const own = sql`(select oid from pg_namespace where nspname = current_schema())`;

/**
 * What of the store's own guard is not in force: indexes that are not valid, constraints that were not checked, triggers
 * or policies that are off, and foreign keys that do not hold (they can be put out of force by whoever owns the database).
 */
export async function postgresIntegrity(db: Kysely<Tables>): Promise<string[]> {
  const asleep = await sql<{ finding: string }>`
    select 'index not valid: ' || c.relname as finding from pg_index i join pg_class c on c.oid = i.indexrelid
      where c.relnamespace = ${own} and not (i.indisvalid and i.indisready)
    union all select 'constraint not checked: ' || conname from pg_constraint
      where connamespace = ${own} and not convalidated
    union all select 'trigger off: ' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where c.relnamespace = ${own} and t.tgenabled not in ('O', 'A')
    union all select 'row-level security off: ' || c.relname from pg_class c
      where c.relnamespace = ${own} and c.relkind = 'r' and c.relname not like 'kysely%' and not c.relrowsecurity`.execute(
    db,
  );
  const found = asleep.rows.map(({ finding }) => finding);
  for (const key of await foreignKeys(db)) {
    const child = (name: string) => sql.ref(`c.${name}`);
    const present = key.columns.map((name) => sql`${child(name)} is not null`);
    const same = key.columns.map((name, at) => sql`${sql.ref(`p.${key.parentColumns[at]!}`)} = ${child(name)}`);
    const { rows } = await sql<{ id: string }>`
      select concat_ws(' ', ${sql.join(key.columns.map(child))}) as id from ${sql.table(key.child)} c
      where ${sql.join(present, sql` and `)}
        and not exists (select 1 from ${sql.table(key.parent)} p where ${sql.join(same, sql` and `)})
      limit ${sql.lit(MOST)}`.execute(db);
    found.push(...rows.map(({ id }) => `foreign key: ${key.child} row ${id} has no ${key.parent}`));
  }
  return found;
}

async function foreignKeys(db: Kysely<Tables>): Promise<ForeignKey[]> {
  const names = (numbers: 'conkey' | 'confkey', table: 'conrelid' | 'confrelid') => sql`(
    select json_agg(a.attname order by k.at) from unnest(${sql.ref(numbers)}) with ordinality as k(number, at)
    join pg_attribute a on a.attrelid = ${sql.ref(table)} and a.attnum = k.number)`;
  const { rows } = await sql<ForeignKey>`
    select conname as constraint, conrelid::regclass::text as child, confrelid::regclass::text as parent,
      ${names('conkey', 'conrelid')} as columns, ${names('confkey', 'confrelid')} as parent_columns
    from pg_constraint where contype = 'f' and connamespace = ${own} order by conname`.execute(db.withoutPlugins());
  return (rows as unknown as (ForeignKey & { parent_columns: string[] })[]).map(({ parent_columns, ...row }) => ({
    ...row,
    parentColumns: parent_columns,
  }));
}
