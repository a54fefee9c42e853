import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UniqueViolation } from '#kernel';
import { type AnyWrite, openPostgres, openSqlite, type Storage } from '#storage';
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

/** A class list on its way, and no statistics. */
const WAITING = `set session_replication_role = replica;
  insert into status_entries (tenant, list_id, pair, "index", credential_id)
    select 'uno', 'LIST-uno', n / 4 * 8 + n % 4, n / 4 * 8 + n % 4, 'c' || n from generate_series(1, 5000) n;
  insert into batch_rows (tenant, batch_id, "row", input, state)
    select 'uno', 'b', n, '{}', 'valid' from generate_series(1, 5000) n;
  insert into credentials (tenant, credential_id, award_id, edition, achievement_id, achievement_version, recipient,
    status_list_id, status_list_index, status_purpose, key_id, phase, state, awarded_date, valid_from, proof_created,
    unsigned, prepared_at, batch_id, batch_row)
    select 'uno', 'c' || n, 'a' || n, 1, 'a', 1, '{}', 'LIST-uno', n, 'revocation', 'k', 'prepared', 'active', '', '', '',
    repeat('x', 1000), '', 'b', n from generate_series(1, 5000) n`;

/** What is done for each row in the end; there is none. */
const SETTLING: readonly AnyWrite[] = [
  ...[{ op: 'credential.issue', tenant: 'uno', credentialId: 'none', signed: '{}', sha256: '', issuedAt: '' } as const],
  { op: 'batchRows.issued', tenant: 'uno', batchId: 'none', rows: [{ row: 1, credentialId: 'none' }] },
  { op: 'batchRows.failed', tenant: 'uno', batchId: 'none', rows: [{ row: 1, errors: [] }] },
];

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
    postgres = await openPostgres({ url, intercept: take, interceptReads: take });
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

  /** Of the plan that SQLite makes where it knows nothing of the rows. */
  const stepsOf = (sql: string): string[] => {
    const values = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => null);
    const rows = tables.prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[];
    return rows.map(({ detail }) => detail);
  };

  it.each(Object.entries(LOOK_UPS))('SQLite: %s', async (_, lookUp) => {
    for (const sql of await statementsOf(sqlite, lookUp)) {
      const steps = stepsOf(sql);
      // What is asked for, and what was found of it, is read whole.
      const whole = steps.filter(
        (step) => step.startsWith('SCAN') && !/^SCAN (asked|found|.*CONSTANT ROWS?)$/.test(step),
      );
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
      expect(stepsOf(sql).join('\n')).toContain(`${column}=?`);
    }
  });

  it.each(SETTLING.map((write) => [write.op, write] as const))('SQLite: %s by the key of its row', async (_, write) => {
    asked.length = 0;
    await expect(sqlite.transactor.commit([write])).rejects.toThrow(UniqueViolation);
    const updates = asked.filter((sql) => sql.startsWith('update '));
    expect(updates.length).toBe(1);
    expect(stepsOf(updates[0]!)).toEqual([
      expect.stringMatching(/^SEARCH (credentials|batch_rows) USING .*(credential_id|row)=\?/),
    ]);
  });

  it('SQLite: no value decides the plan of a statement that is kept', async () => {
    asked.length = 0;
    await sqlite.reader.openStatusList('uno', 'revocation');
    await sqlite.reader.achievement('ACH-uno');
    expect(asked.filter((sql) => sql.includes(' limit 1')).length).toBe(2);
    for (const write of SETTLING) await sqlite.transactor.commit([write]).catch(() => undefined);
    for (const text of [`"phase" = 'prepared'`, `"state" = 'valid'`]) expect(asked.join('\n')).toContain(text);
    expect(asked.join('\n')).toContain('"achievement_id" = +?');
    const conditions = asked.flatMap((sql) => sql.split(' where ').slice(1));
    expect(conditions.join('\n')).not.toMatch(/[=<>t] \?/);
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

  it('PostgreSQL: row by row, in tables that the server has not counted yet', async () => {
    const fresh = await server().database();
    await (await openPostgres({ url: fresh })).close();
    await server().run(fresh, WAITING);
    const plans: Record<string, RegExp> = {
      'update credentials c ': /Index Scan using credentials_\w+ on credentials c .*\n +Index Cond: .*credential_id = /,
      'update batch_rows r ': /Index Scan using batch_rows_\w+ on batch_rows r .*\n +Index Cond: .*"row" = /,
      'with asked ': /Index (Only )?Scan using status_entries_pk on status_entries e .*\n +Index Cond: .*pair = /,
    };
    asked.length = 0;
    await postgres.reader.takenStatusIndexes('LIST-uno', [5, 18, 31, 44]);
    for (const write of SETTLING) await expect(postgres.transactor.commit([write])).rejects.toThrow(UniqueViolation);
    for (const [start, plan] of Object.entries(plans)) {
      const sql = asked.find((one) => one.startsWith(start));
      const told = await server().run(fresh, `explain (generic_plan) ${sql}`);
      const text = told.map((row) => Object.values(row)[0]).join('\n');
      expect(text).toMatch(plan);
      expect(text).not.toMatch(/Seq Scan|Hash Join|Bitmap Heap Scan on (credentials|batch_rows|status_entries)/);
    }
  });
});
