import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASE_FILE, openStorage, readStore, type StoragePlace } from '#storage';
import { fillStore } from '../../src/storage/copies/copies.ts';
import type { Row, TableShape } from '../../src/storage/copies/shape.ts';
import { isCurrent } from '../../src/storage/migrations/migrate.ts';
import { usePostgres } from '../support/postgres.ts';
import { everyWrite, snapshot } from './support/every-write.ts';
import { seed } from './support/records.ts';

/** The last one of the version before. Its schema is made by its own migrations, whatever came later. */
const BEFORE = '0034-offer-withdrawn-by';

const server = usePostgres();
const folder = mkdtempSync(join(tmpdir(), 'tatak-upgrade-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
type Engine = 'sqlite' | 'postgres';
const newPlace = async (engine: Engine): Promise<StoragePlace> => ({
  dataDirectory: join(folder, String(++made)),
  ...(engine === 'postgres' ? { databaseUrl: await server().database() } : {}),
});

interface Held {
  table: TableShape;
  rows: Row[];
}

let migrations: readonly string[];
let rows: Held[];
let told: string;

beforeAll(async () => {
  const place = await newPlace('sqlite');
  mkdirSync(place.dataDirectory);
  const storage = await openStorage(place);
  await seed(storage, 'zero');
  await storage.transactor.commit(everyWrite('uno'));
  told = await snapshot(storage, 'uno');
  await storage.close();
  rows = await readStore(place, async (reading) => {
    ({ migrations } = reading);
    const all: Held[] = [];
    for (const table of reading.tables) {
      const held: Row[] = [];
      for await (const piece of reading.rows(table)) held.push(...piece);
      all.push({ table, rows: held });
    }
    return all;
  });
}, 60_000);

const upTo = (name: string) => migrations.slice(0, migrations.indexOf(name) + 1);

/** A store as the version with these migrations leaves it, with data: of every row what that version had columns for. */
async function storeOf(engine: Engine, of: readonly string[]): Promise<StoragePlace> {
  const place = await newPlace(engine);
  await fillStore(place, of, async (filling) => {
    for (const table of filling.tables) {
      const held = rows.find((one) => one.table.name === table.name);
      if (!held) throw new Error(`${table.name} is gone from later versions`);
      const at = table.columns.map(({ name }) => held.table.columns.findIndex((column) => column.name === name));
      if (held.rows.length > 0)
        await filling.insert(
          table,
          held.rows.map((row) => at.map((index) => row[index]!)),
        );
    }
  });
  return place;
}

describe.each(['sqlite', 'postgres'] as const)('a store of the version before, in %s (FT-6)', (engine) => {
  it('is brought up to date with all that it has', async () => {
    const place = await storeOf(engine, upTo(BEFORE));
    expect(await readStore(place, async (reading) => reading.migrations.at(-1))).toBe(BEFORE);
    const storage = await openStorage(place);
    try {
      expect(await storage.integrity()).toEqual([]);
      // What only later versions have is not in it: none of it was written by the records of the version before.
      const { reader } = storage;
      for (const question of [
        reader.credentials({ tenant: 'uno' }, { limit: 500 }),
        reader.preparedCredentials(500),
        reader.statusList('LIST-uno'),
      ]) {
        expect(told).toContain(JSON.stringify(await question));
      }
      await storage.transactor.commit(everyWrite('dos'));
      expect(await storage.integrity()).toEqual([]);
    } finally {
      await storage.close();
    }
    expect(await readStore(place, async (reading) => isCurrent(reading.migrations))).toBe(true);
  }, 60_000);

  it('is refused, and left as it is, where a newer version has said that this one would harm it', async () => {
    const place = await storeOf(engine, migrations);
    const mark = `insert into store_marks (name, detail, at) values ('0099-other-money', 'amounts are in centavos', '2027-01-01T00:00:00Z')`;
    const later = `insert into kysely_migration (name, timestamp) values ('0099-other-money', '2027-01-01T00:00:00.000Z')`;
    if (engine === 'sqlite') {
      const database = new Database(join(place.dataDirectory, DATABASE_FILE));
      for (const text of [mark, later]) database.exec(text);
      database.close();
    } else for (const text of [mark, later]) await server().run(place.databaseUrl!, text);
    await expect(openStorage(place)).rejects.toMatchObject({
      name: 'StoreRefused',
      message: expect.stringMatching(/0099-other-money: amounts are in centavos.*start that version/),
    });
    await readStore(place, async (reading) => expect(reading.migrations.at(-1)).toBe('0099-other-money'));
  }, 60_000);

  it('is opened, and left as it is, where a newer version only added', async () => {
    const place = await storeOf(engine, migrations);
    const added = [
      `alter table credentials add column colour text`,
      `create table later (id text primary key)`,
      `insert into kysely_migration (name, timestamp) values ('0099-colours', '2027-01-01T00:00:00.000Z')`,
    ];
    if (engine === 'sqlite') {
      const database = new Database(join(place.dataDirectory, DATABASE_FILE));
      for (const text of added) database.exec(text);
      database.close();
    } else for (const text of added) await server().run(place.databaseUrl!, text);
    const storage = await openStorage(place);
    try {
      // Everything that this version does is done beside what it does not know.
      await storage.transactor.commit(everyWrite('dos'));
      expect(await storage.integrity()).toEqual([]);
      expect(await snapshot(storage, 'uno')).toBeTypeOf('string');
    } finally {
      await storage.close();
    }
    await readStore(place, async (reading) => expect(reading.migrations.at(-1)).toBe('0099-colours'));
  }, 60_000);
});

/** A constraint on the same rows in other words: what was given up has the time of it, and null is like no other null. */
const inOldWords = (sql: string) =>
  sql.replace('batch_id is not null and ', '').replace('abandoned_at is null', "phase <> 'abandoned'");

describe('every migration after the first version', () => {
  it('only adds: a process of the version before finds all that it knows, and may leave out all that it does not', async () => {
    const shapes = new Map<string, Map<string, { type: string; needed: boolean }>>();
    let uniques = new Set<string>();
    for (const name of migrations.slice(migrations.indexOf(BEFORE))) {
      const place = await newPlace('sqlite');
      await fillStore(place, upTo(name), async () => undefined);
      const database = new Database(join(place.dataDirectory, DATABASE_FILE), { readonly: true });
      const tables = database
        .prepare(`select name, sql from sqlite_schema where type = 'table' and name not like 'sqlite_%'`)
        .all() as { name: string; sql: string }[];
      const unique = database.prepare(
        `select tbl_name || ': ' || sql from sqlite_schema where type = 'index' and sql like 'create unique%'`,
      );
      const now = new Set((unique.pluck().all() as string[]).map(inOldWords));
      for (const { name: table } of tables) {
        const columns = database.pragma(`table_info("${table}")`) as {
          name: string;
          type: string;
          notnull: number;
          dflt_value: unknown;
        }[];
        const known = shapes.get(table);
        for (const [column, { type }] of known ?? []) {
          expect(columns.find((one) => one.name === column)?.type, `${name}: ${table}.${column}`).toBe(type);
        }
        for (const column of columns) {
          const needed = column.notnull === 1 && column.dflt_value === null;
          if (known && !known.has(column.name))
            expect(needed, `${name}: ${table}.${column.name} is needed`).toBe(false);
        }
        shapes.set(table, new Map(columns.map((one) => [one.name, { type: one.type, needed: one.notnull === 1 }])));
      }
      for (const table of shapes.keys())
        expect(
          tables.map((one) => one.name),
          name,
        ).toContain(table);
      // A new constraint on an old table would refuse what the version before writes.
      const stricter = [...now].filter(
        (one) =>
          !uniques.has(one) && uniques.size > 0 && [...uniques].some((old) => old.split(':')[0] === one.split(':')[0]),
      );
      expect(stricter, name).toEqual([]);
      uniques = now;
      database.close();
    }
    expect(shapes.size).toBeGreaterThan(40);
  }, 60_000);
});
