import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres, openSqlite, type Storage } from '#storage';
import { usePostgres } from '../support/postgres.ts';
import { seed } from './support/records.ts';

/** What is asked for every request or credential: by the id, by the place in a status list, by the key of a retry. */
const LOOK_UPS: Record<string, (reader: Storage['reader']) => Promise<unknown>> = {
  'a credential by its id': (reader) => reader.credential('c'),
  'credentials by their ids': (reader) => reader.credentialsByIds('uno', ['c', 'd', 'e']),
  'one place in a status list': (reader) => reader.takenStatusIndexes('LIST-uno', [5]),
  'many places in a status list': (reader) => reader.takenStatusIndexes('LIST-uno', [5, 18, 31, 44]),
  'who has a place': (reader) => reader.statusOwners('LIST-uno', [5]),
  'the places that are set': (reader) => reader.setStatusIndexes('LIST-uno'),
  'the answer to a key': (reader) => reader.idempotency('uno', 'issue', 'k'),
  'a batch by its key': (reader) => reader.batchByIdempotencyKey('uno', 'k'),
  'the rows of a batch that wait': (reader) => reader.batchRowsIn('uno', 'b', 'valid', { after: 0, limit: 10 }),
  'the credentials of rows': (reader) => reader.credentialsOfRows('uno', 'b', [1, 2, 3]),
  'the events of a credential': (reader) => reader.statusEvents('c'),
  'an API key': (reader) => reader.apiKey('k'),
};

describe('what is looked up by a key is found by an index, whatever the number of rows', () => {
  const server = usePostgres();
  const directory = mkdtempSync(join(tmpdir(), 'tatak-look-ups-'));
  const asked: string[] = [];
  const take = (sql: string) => {
    asked.push(sql);
  };
  let sqlite: Storage;
  let tables: Database.Database;
  let postgres: Storage;
  let url: string;

  beforeAll(async () => {
    const path = join(directory, 'store.sqlite');
    await (await openSqlite({ path })).close();
    tables = new Database(path);
    sqlite = await openSqlite({ path: ':memory:', intercept: take });
    url = await server().database();
    postgres = await openPostgres({ url, interceptReads: take });
    for (const storage of [sqlite, postgres]) await seed(storage, 'uno');
  });
  afterAll(async () => {
    tables?.close();
    await Promise.all([sqlite?.close(), postgres?.close()]);
    rmSync(directory, { recursive: true, force: true });
  });

  const statementsOf = async (storage: Storage, lookUp: (reader: Storage['reader']) => Promise<unknown>) => {
    asked.length = 0;
    await lookUp(storage.reader);
    const statements = [...new Set(asked)].filter((sql) => /^\s*(select|with)/i.test(sql));
    expect(statements.length).toBeGreaterThan(0);
    return statements;
  };

  it.each(Object.entries(LOOK_UPS))('SQLite: %s', async (_, lookUp) => {
    for (const sql of await statementsOf(sqlite, lookUp)) {
      const values = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => null);
      const rows = tables.prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[];
      const steps = rows.map(({ detail }) => detail);
      // What is asked for is read whole.
      const whole = steps.filter((step) => step.startsWith('SCAN') && !/^SCAN (asked|.*CONSTANT ROWS?)$/.test(step));
      expect(whole).toEqual([]);
      expect(steps.some((step) => /^SEARCH .* USING .*(INDEX|PRIMARY KEY)/.test(step))).toBe(true);
    }
  });

  it.each<[string, (reader: Storage['reader']) => Promise<unknown>, string]>([
    [
      'the editions of an award',
      (reader) => reader.credentials({ tenant: 'uno', awardId: 'a' }, { limit: 5 }),
      'award_id',
    ],
    [
      'what a subject has',
      (reader) => reader.credentials({ tenant: 'uno', subjectId: 's' }, { limit: 5 }),
      'subject_id',
    ],
    ['what counts for a subject', (reader) => reader.credentialsOfSubject('uno', 's', 5), 'subject_id'],
  ])('SQLite: %s, and not by an index of the order that it is wanted in', async (_, lookUp, column) => {
    for (const sql of await statementsOf(sqlite, lookUp)) {
      const values = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => null);
      const rows = tables.prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[];
      expect(rows.map(({ detail }) => detail).join('\n')).toContain(`${column}=?`);
    }
  });

  it.each(Object.entries(LOOK_UPS))('PostgreSQL: %s', async (_, lookUp) => {
    for (const sql of await statementsOf(postgres, lookUp)) {
      // Tables of a few rows are read whole for good reason: the question is whether there is another way.
      const told = await server().run(url, `set enable_seqscan = off; explain (generic_plan) ${sql}`);
      const plan = told.map((row) => Object.values(row)[0]).join('\n');
      expect(plan).not.toMatch(/Seq Scan/);
      expect(plan).toMatch(/Index (?:Only )?Scan/);
    }
  });
});
