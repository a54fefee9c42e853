import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Problem } from '#kernel';
import { openPostgres, type Storage } from '#storage';
import { usePostgres } from '../support/postgres.ts';
import { everyWrite, snapshot } from './support/every-write.ts';
import { audit, batch, batchRows, credential, institution, offer, seed, statusList } from './support/records.ts';
import { rowsIn } from './support/rows.ts';

const server = usePostgres();
const run = (url: string, sql: string) => server().run(url, sql);

async function made(...writes: Parameters<typeof everyWrite>) {
  const { superuser: url } = await server().guarded();
  const storage = await openPostgres({ url });
  await storage.transactor.commit([...everyWrite(...writes), audit('uno', 'more', 'x')]);
  return { url, storage };
}

async function twoStores(...tenants: string[]) {
  const { superuser: url } = await server().guarded();
  const stores = [await openPostgres({ url }), await openPostgres({ url })] as const;
  await seed(stores[0], ...tenants);
  return { url, stores, close: () => Promise.all(stores.map((store) => store.close())) };
}

async function standStill(): Promise<void> {
  const { url, stores, close } = await twoStores('uno');
  const { default: pg } = await import('pg');
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  // Any writer that appends to the audit chain.
  await holder.query(ORDER);
  const waiting = stores[0].transactor.commit([audit('uno', 'late', 'x')]);
  expect(await stores[0].reader.institution('uno')).toEqual(institution('uno'));
  // Nothing in it is ordered, so it waits for nobody.
  await stores[1].transactor.commit([
    {
      op: 'challenge.insert',
      row: { tenant: 'uno', challenge: 'c', createdAt: '2026-06-01T00:00:00Z', expiresAt: '2026-06-01T00:05:00Z' },
    },
  ]);
  await expect(waiting).rejects.toMatchObject({ kind: 'unavailable' });
  await holder.query('rollback');
  await holder.end();
  await stores[0].transactor.commit([audit('uno', 'later', 'x')]);
  expect(await stores[1].integrity()).toEqual([]);
  await close();
}

/** Begun before the first test, which takes longer than what is waited for here. */
let standing: Promise<void>;
beforeAll(() => {
  standing = standStill();
  // Told by the test that waits for it.
  standing.catch(() => {});
});

describe('PostgreSQL', () => {
  it('keeps nothing when the n-th statement of a commit fails, for every n, the COMMIT included (FT-1)', async () => {
    let [seen, failAt] = [0, 0];
    const texts: string[] = [];
    const url = await server().database();
    const storage = await openPostgres({
      url,
      intercept(sql) {
        texts.push(sql);
        if (++seen === failAt) throw new Error(`injected at ${sql}`);
      },
    });
    await seed(storage, 'old');
    const { rows, close } = rowsIn(url);
    const [before, told] = [await rows(), await snapshot(storage, 'uno')];
    expect(before).toContain('(old,');
    texts.length = 0;
    for (failAt = 1; ; failAt++) {
      seen = 0;
      const outcome = await storage.transactor.commit(everyWrite('uno')).then(
        () => 'done',
        (error: Error) => error.message,
      );
      if (outcome === 'done') break;
      expect(outcome).toMatch(/^injected at /);
      expect(await rows(), `statement ${failAt}`).toBe(before);
      if (failAt % 20 === 0) expect(await snapshot(storage, 'uno'), `statement ${failAt}`).toBe(told);
    }
    expect(failAt).toBeGreaterThan(40);
    expect(await rows()).not.toBe(before);
    expect(texts[0]).toBe('start transaction isolation level read committed');
    expect(texts).toContain('rollback');
    expect(texts.at(-1)).toBe('commit');
    expect(await storage.integrity()).toEqual([]);
    await close();
    await storage.close();
  }, 300_000);

  it('has types and an order of its own for no column, whatever the language of the database', async () => {
    const { url, storage } = await made('uno');
    const [database] = await run(
      url,
      "select datlocprovider, 'a' < 'B' as sorts from pg_database where datname = current_database()",
    );
    expect(database, 'otherwise this would prove nothing').toEqual({ datlocprovider: 'i', sorts: true });
    const columns = await run(
      url,
      `select table_name || '.' || column_name as name, data_type, collation_name from information_schema.columns
       where table_schema = 'public' and table_name not like 'kysely%'`,
    );
    expect(columns.length).toBeGreaterThan(250);
    const odd = columns.filter(({ data_type, collation_name }) => {
      if (data_type === 'text') return collation_name !== 'C';
      return data_type !== 'bigint' && data_type !== 'bytea';
    });
    expect(odd).toEqual([]);
    await storage.close();
  });

  it('has no way to update, delete or cut a row of a table that only grows', async () => {
    const { url, storage } = await made('uno');
    await storage.close();
    const tables = await run(
      url,
      "select tgrelid::regclass::text as name from pg_trigger where tgname like '%_append_only'",
    );
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...['audit', 'prior_learning_entries', 'achievement_versions', 'images', 'status_entries', 'status_events'],
        ...['accreditations', 'accreditation_events', 'successions', 'held_registers', 'issuing_decisions', 'pathways'],
        ...['equivalence_editions', 'equivalence_events', 'log_keys', 'checkpoints', 'log_subtrees', 'did_documents'],
        ...['evaluations', 'plain_status_entries', 'endorsements', 'keystore_heads'],
      ]),
    );
    for (const { name } of tables) {
      const [column] = await run(
        url,
        `select column_name as name from information_schema.columns where table_name = '${name}' and table_schema = 'public' limit 1`,
      );
      for (const change of [
        `update ${name} set "${column!.name}" = "${column!.name}"`,
        `delete from ${name}`,
        `truncate ${name} cascade`,
      ]) {
        await expect(run(url, change), change).rejects.toThrow('is append-only');
      }
    }
  });

  it('opens a store that a later version has migrated further, and one where nothing is to be done', async () => {
    const url = await server().database();
    await (await openPostgres({ url })).close();
    await run(
      url,
      "alter table credentials add column later text; insert into kysely_migration values ('9999-later', 'x')",
    );
    const storage = await openPostgres({ url });
    await storage.transactor.commit(everyWrite('uno'));
    expect(await storage.integrity()).toEqual([]);
    await storage.close();
    await storage.close();
    await expect(storage.reader.institution('uno')).rejects.toThrow();
  });

  it('says what keeps it from opening, and never the address or its password', async () => {
    const url = new URL(await server().database());
    const tell = (change: (url: URL) => void) => {
      const other = new URL(url);
      change(other);
      return openPostgres({ url: other.href }).then(
        () => 'opened',
        (error: Error) => `${error.name} ${error.message} ${error.cause}`,
      );
    };
    const nobody = await tell((to) => {
      to.port = '1';
    });
    expect(nobody).toMatch(/^Problem the store cannot be reached/);
    const wrong = await tell((to) => {
      to.password = 'specimen-of-another-password';
    });
    expect(wrong).toMatch(/password authentication failed/);
    const none = await tell((to) => {
      to.pathname = '/none';
    });
    expect(none).toMatch(/database "none" does not exist/);
    await run(url.href, "create database latin encoding 'LATIN1' locale 'C' locale_provider libc template template0");
    const latin = await tell((to) => {
      to.pathname = '/latin';
    });
    expect(latin).toMatch(/must be UTF-8, and is LATIN1/);
    for (const told of [nobody, wrong, none, latin]) expect(told).not.toMatch(/specimen-of/);
  });
});

/** As any writer that appends to the audit chain. */
const ORDER =
  'begin; select pg_advisory_xact_lock(objid::bigint + (classid::bigint << 32)) from (values (0x7461::oid, 0x74616b01::oid)) as l(classid, objid)';

const until = (what: () => Promise<boolean>) => vi.waitUntil(what, { timeout: 30_000, interval: 20 });

// Those that wait for the server do so side by side, too: each in a database of its own.
describe.concurrent('writers side by side', () => {
  it(
    'gives up after some seconds of waiting for a writer that stands still, and reads on meanwhile',
    () => standing,
    60_000,
  );

  it('issues under one list, and gives offers out, beside a commit that waits for its place in the audit chain', async () => {
    const { url, stores, close } = await twoStores('uno');
    const { default: pg } = await import('pg');
    const holder = new pg.Client({ connectionString: url });
    await holder.connect();
    await holder.query(ORDER);
    const award = (id: string, index: number) => ({
      op: 'credential.prepare' as const,
      row: credential('uno', id, index),
    });
    const waiting = stores[0].transactor.commit([award('c1-uno', 8), audit('uno', 'credential.prepare', 'c1-uno')]);
    await until(async () => {
      const [row] = await run(
        url,
        "select count(*) as n from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
      );
      return Number(row!.n) === 1;
    });
    const offered = { ...offer('uno', 'o1'), credentialId: 'c2-uno' };
    await stores[1].transactor.commit([award('c2-uno', 16), { op: 'offer.insert', row: offered }]);
    await stores[1].transactor.commit([
      { op: 'offer.take', offerId: 'o1', holders: ['did:x:1'], door: 'oid4vci', at: '2026-06-01T00:00:02Z' },
    ]);
    await holder.query('rollback');
    await holder.end();
    await waiting;
    expect(await stores[0].reader.credentialsByIds('uno', ['c1-uno', 'c2-uno'])).toHaveLength(2);
    expect(await stores[0].integrity()).toEqual([]);
    await close();
  }, 60_000);

  it('lets one use of a challenge be first, however many ask at once', async () => {
    const { stores, close } = await twoStores('uno');
    const row = {
      tenant: 'uno',
      challenge: 'once',
      createdAt: '2026-06-01T00:00:00Z',
      expiresAt: '2026-06-01T00:05:00Z',
    };
    await stores[0].transactor.commit([{ op: 'challenge.insert', row }]);
    const uses = await Promise.allSettled(
      Array.from({ length: 40 }, (_, n) =>
        stores[n % 2]!.transactor.commit([{ op: 'challenge.use', challenge: 'once', at: '2026-06-01T00:01:00Z' }]),
      ),
    );
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of uses)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ table: 'challenge.used' });
    await close();
  });

  it('goes on after a deadlock as if one had come after the other', async () => {
    const { url, stores, close } = await twoStores('uno');
    const [a, b] = ['batch-a', 'batch-b'];
    for (const id of [a, b]) {
      await stores[0].transactor.commit([
        { op: 'batch.insert', row: batch('uno', id, 200), rows: batchRows('uno', id, 200) },
      ]);
    }
    const marks = (batchId: string, part: number) =>
      Array.from({ length: 20 }, (_, n) => {
        const errors = [{ pointer: '/name', detail: 'absent' }];
        const rows = [{ row: (part - 1) * 20 + n + 1, errors }];
        return { op: 'batchRows.failed' as const, tenant: 'uno', batchId, rows };
      });
    // Each takes the two batches in another order.
    for (let round = 1; round < 9; round += 2) {
      const [one, other] = [round, round + 1];
      await Promise.all([
        stores[0].transactor.commit([...marks(a, one), ...marks(b, one)]),
        stores[1].transactor.commit([...marks(b, other), ...marks(a, other)]),
      ]);
    }
    expect(await stores[0].reader.batch('uno', a)).toMatchObject({ failedRows: 160 });
    expect(await stores[0].integrity()).toEqual([]);
    await close();
    // Otherwise this would prove nothing. A connection tells how many there were when it ends.
    await until(async () => {
      const [seen] = await run(url, 'select deadlocks from pg_stat_database where datname = current_database()');
      return Number(seen!.deadlocks) > 0;
    });
  }, 60_000);
});

describe('an error of the server', () => {
  it('tells nothing of the row that was refused', async () => {
    const { storage } = await made('uno');
    const short = { ...statusList('uno', 'short', 1), length: 1_024, purpose: 'revocation' as const };
    const refused = await storage.transactor.commit([{ op: 'statusList.insert', row: short }]).catch((error) => error);
    expect(refused).toMatchObject({ code: '23514', table: 'status_lists' });
    const twice = await storage.transactor
      .commit([{ op: 'institution.insert', row: institution('uno') }])
      .catch((error) => error);
    expect(twice).toMatchObject({ name: 'UniqueViolation', table: 'institutions', cause: { code: '23505' } });
    for (const error of [refused, twice.cause]) {
      expect(JSON.stringify({ ...error, message: error.message })).not.toMatch(/short|uno|1024/);
    }
    await storage.close();
  });
});

describe('a connection that is lost', () => {
  const kill = (url: string) =>
    run(
      url,
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );

  it('is another one for the next read and the next commit', async () => {
    const { url, storage } = await made('uno');
    for (let round = 0; round < 3; round++) {
      await kill(url);
      const [name] = await Promise.all([
        storage.reader.institution('uno'),
        storage.transactor.commit([audit('uno', 'again', String(round))]),
      ]);
      expect(name?.tenant).toBe('uno');
    }
    expect(await storage.integrity()).toEqual([]);
    await storage.close();
  });

  it('is tried again only while nothing can have been kept: after the COMMIT was sent the caller is told', async () => {
    const { superuser: url } = await server().guarded();
    let at: RegExp | undefined;
    let hits = 0;
    const storage = await openPostgres({
      url,
      intercept(sql) {
        if (!at?.test(sql)) return;
        hits++;
        if (hits === 1) throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      },
    });
    await seed(storage, 'uno');
    const count = async () => (await storage.reader.auditEntries(undefined, { limit: 50 })).items.length;
    const before = await count();
    at = /^insert into "audit"/;
    await storage.transactor.commit([audit('uno', 'one', 'x')]);
    expect([hits, await count()]).toEqual([2, before + 1]);
    [at, hits] = [/^commit$/, 0];
    await expect(storage.transactor.commit([audit('uno', 'two', 'x')])).rejects.toMatchObject({ kind: 'unavailable' });
    expect([hits, await count()]).toEqual([1, before + 1]);
    at = undefined;
    await storage.close();
  });

  it('loses nothing acknowledged when the server is restarted under it', async () => {
    const { superuser: url } = await server().guarded();
    const storage = await openPostgres({ url });
    await seed(storage, 'uno');
    await server().restart('clean');
    await storage.transactor.commit([
      { op: 'credential.prepare', row: credential('uno', 'after', 5) },
      audit('uno', 'credential.prepare', 'after'),
    ]);
    expect((await storage.reader.credential('after'))?.credentialId).toBe('after');
    expect(await storage.integrity()).toEqual([]);
    await storage.close();
  }, 60_000);

  it('is a problem that passes when there is no server', async () => {
    const url = new URL((await server().guarded()).superuser);
    const storage = await openPostgres({ url: url.href });
    await run(
      url.href.replace(url.pathname, '/postgres'),
      `alter database ${url.pathname.slice(1)} allow_connections false`,
    );
    await run(
      url.href.replace(url.pathname, '/postgres'),
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${url.pathname.slice(1)}'`,
    );
    const outcomes = await Promise.allSettled([
      storage.reader.institution('uno'),
      storage.transactor.commit([{ op: 'statusList.insert', row: statusList('uno', 'l') }]),
    ]);
    for (const one of outcomes) expect(one.status === 'rejected' && one.reason).toBeInstanceOf(Problem);
    await storage.close();
  });
});

describe('integrity', () => {
  const off = (sql: string) => `set session_replication_role = replica; ${sql}`;
  it.each<[string, string, RegExp]>([
    ['a moved status index', off('update status_entries set "index" = 2 where pair = 2'), /status entry: c1/],
    ['a wrong count of reserved indexes', 'update status_lists set reserved = 9', /reserved indexes: LIST-uno/],
    ['a wrong batch count', 'update batches set issued_rows = 3', /count of rows: batch-uno/],
    ['a missing parent', off('delete from batches'), /foreign key: batch_rows row uno batch-uno has no batches/],
    ['an edited audit entry', off("update audit set actor = 'x' where seq = 1"), /chain broken at 1: hash/],
    ['a deleted audit entry', off('delete from audit where seq = 1'), /chain broken at 1: gap/],
    ['a guard that is off', 'alter table audit disable trigger audit_append_only', /trigger off: audit_append_only/],
    [
      'a constraint that nobody checked',
      'alter table images add constraint wide check (width < 0) not valid',
      /constraint not checked: wide/,
    ],
  ])('finds %s', async (_, damage, finding) => {
    const { url, storage } = await made('uno');
    expect(await storage.integrity()).toEqual([]);
    await run(url, damage);
    expect((await (storage as Storage).integrity()).join('\n')).toMatch(finding);
    await storage.close();
  });
});
