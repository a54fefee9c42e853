import { describe, expect, it } from 'vitest';
import { Problem, UniqueViolation } from '#kernel';
import { type AnyWrite, openPostgres } from '#storage';
import { createGroups } from '../../src/storage/engines/postgres/groups.ts';
import { preparedPool } from '../../src/storage/engines/postgres/prepared.ts';
import { usePostgres } from '../support/postgres.ts';
import { audit, credential, seed } from './support/records.ts';

const server = usePostgres();

/** One request: its answer, its intent, its entry. */
const request = (id: string, index: number, key = id): AnyWrite[] => [
  {
    op: 'idempotency.insert',
    row: {
      ...{ tenant: 'uno', operation: 'issue', key, requestSha256: 'r', credentialIds: [id] },
      createdAt: '2026-06-01T00:00:00Z',
    },
  },
  { op: 'credential.prepare', row: credential('uno', id, index) },
  audit('uno', 'credential.prepare', id),
];
const finished = (id: string): AnyWrite[] => [
  {
    ...{ op: 'credential.issue', tenant: 'uno', credentialId: id, signed: '{"a":"\\"\\\\Ñ{}"}', sha256: 's' },
    issuedAt: '2026-06-01T00:00:01Z',
  },
  audit('uno', 'credential.issue', id),
];

describe('calls that come together', () => {
  const groups = (persist: (writes: readonly string[]) => Promise<void>, width = 1) =>
    createGroups<string>({ width, most: 4, persist, concernsOne: (error) => error instanceof UniqueViolation });

  it('wait for those before them and are one, up to a size; a large one is by itself', async () => {
    const seen: string[][] = [];
    const commit = groups(async (writes) => {
      seen.push([...writes]);
      await Promise.resolve();
    });
    await Promise.all([['a'], ['b', 'c'], ['d'], ['e', 'f'], ['1', '2', '3', '4', '5'], ['g']].map(commit));
    expect(seen).toEqual([['a'], ['b', 'c', 'd'], ['e', 'f'], ['1', '2', '3', '4', '5'], ['g']]);
  });

  it('are tried in parts when one of them is refused, and only then', async () => {
    const tried: string[] = [];
    const commit = groups(async (writes) => {
      tried.push(writes.join(''));
      if (writes.includes('x')) throw new UniqueViolation('t');
      if (writes.includes('down')) throw new Problem('unavailable', 'gone');
    });
    const outcomes = async (...calls: string[]) =>
      (await Promise.allSettled(calls.map((one) => commit([one])))).map(({ status }) => status[0]).join('');
    expect(await outcomes('a', 'b', 'x', 'c')).toBe('ffrf');
    expect(tried).toEqual(['a', 'bxc', 'b', 'xc', 'x', 'c']);
    tried.length = 0;
    await new Promise(setImmediate);
    expect(await outcomes('a', 'b', 'down', 'c')).toBe('frrr');
    expect(tried).toEqual(['a', 'bdownc']);
    expect(await outcomes('later')).toBe('f');
  });

  it('are fewer transactions, and the one that is refused takes nobody with it', async () => {
    const texts: string[] = [];
    const storage = await openPostgres({ url: await server().database(), intercept: (sql) => void texts.push(sql) });
    await seed(storage, 'uno');
    texts.length = 0;
    const ids = Array.from({ length: 40 }, (_, n) => `g${n}`);
    // The last two of them have one key.
    const key = (id: string) => (id === 'g39' ? 'g38' : id);
    const outcomes = await Promise.allSettled(
      ids.map((id, n) => storage.transactor.commit(request(id, n * 8, key(id)))),
    );
    const refused = outcomes.flatMap((one, n) => (one.status === 'rejected' ? [[ids[n], one.reason.table]] : []));
    expect(refused).toEqual([['g39', 'idempotency']]);
    expect(texts.filter((text) => text === 'commit').length).toBeLessThan(20);
    texts.length = 0;
    const good = ids.slice(0, 39);
    await Promise.all(good.map((id) => storage.transactor.commit(finished(id))));
    expect(texts.filter((text) => text === 'commit').length).toBeLessThan(10);
    const kept = await storage.reader.credentialsByIds('uno', ids);
    expect(kept.map(({ credentialId, phase }) => [credentialId, phase])).toEqual(good.map((id) => [id, 'issued']));
    expect(kept[0]!.signed).toBe('{"a":"\\"\\\\Ñ{}"}');
    await expect(storage.transactor.commit(finished('g1'))).rejects.toMatchObject({ table: 'credential.phase' });
    expect(await storage.integrity()).toEqual([]);
    await storage.close();
  });

  it('are kept all or not at all, each of them, when any statement fails once or for good (FT-1)', async () => {
    let [seen, failAt, lasting] = [0, Number.POSITIVE_INFINITY, false];
    const storage = await openPostgres({
      url: await server().database(),
      intercept(sql) {
        if (sql === 'rollback') return;
        seen++;
        if (seen === failAt || (lasting && seen > failAt)) throw new Error('injected');
      },
    });
    await seed(storage, 'uno');
    let drawn = 0;
    for (failAt = 1; failAt <= seen || seen === 0; failAt++) {
      for (lasting of [false, true]) {
        seen = 0;
        const ids = Array.from({ length: 4 }, () => `f${drawn++}`);
        const outcomes = await Promise.allSettled(
          ids.map((id, n) => storage.transactor.commit(request(id, (drawn - 4 + n) * 8))),
        );
        const kept = new Set(
          (await storage.reader.credentialsByIds('uno', ids)).map(({ credentialId }) => credentialId),
        );
        for (const [n, { status }] of outcomes.entries()) expect(kept.has(ids[n]!)).toBe(status === 'fulfilled');
      }
    }
    expect(failAt).toBeGreaterThan(15);
    expect(await storage.integrity()).toEqual([]);
    await storage.close();
  }, 120_000);
});

describe('statements that were planned', () => {
  it('are planned again when a later version has changed the tables meanwhile', async () => {
    const url = await server().database();
    const storage = await openPostgres({ url });
    await seed(storage, 'uno');
    for (const [n, table] of ['credentials', 'institutions', 'status_lists'].entries()) {
      await storage.transactor.commit(request(`p${n}`, n * 8));
      expect(await storage.reader.credential(`p${n}`)).toMatchObject({ credentialId: `p${n}` });
      expect(await storage.reader.institution('uno')).toMatchObject({ tenant: 'uno' });
      await server().run(url, `alter table ${table} add column later text`);
    }
    await storage.transactor.commit([...request('p9', 80), ...finished('p9')]);
    expect(await storage.reader.credential('p9')).toMatchObject({ phase: 'issued' });
    await storage.close();
  });

  it('are planned again when a connection was used twice as often; one that does not do it is given up', async () => {
    const url = await server().database();
    const { default: pg } = await import('pg');
    const connections = new pg.Pool({ connectionString: url, max: 1, application_name: 'planned' });
    const pool = preparedPool(connections);
    const last = "select query from pg_stat_activity where application_name = 'planned'";
    const anew: number[] = [];
    for (let use = 1; use < 64; use++) {
      const client = await pool.connect();
      if ((await server().run(url, last))[0]?.query === 'discard plans') anew.push(use);
      await client.query('select 1', []);
      // Nothing more is done in a transaction that failed.
      if (use === 63) await client.query('begin; select 1 / 0', []).catch(() => undefined);
      client.release();
    }
    expect(anew).toEqual([16, 32]);
    await expect(pool.connect()).rejects.toMatchObject({ code: '25P02' });
    expect(connections.totalCount).toBe(0);
    const client = await pool.connect();
    expect(await client.query('select 1 as one', [])).toMatchObject({ rows: [{ one: 1 }] });
    client.release();
    await pool.end();
  });
});

describe('statements for many rows', () => {
  it('store every member of a credential, and refuse one they have no column for, or that is no text', async () => {
    const storage = await openPostgres({ url: await server().database() });
    await seed(storage, 'uno');
    const whole = credential('uno', 'whole', 8, {
      ...{ validUntil: '2027-01-01T00:00:00Z', idempotencyKey: 'k', batchId: 'b', batchRow: 3, jwtKeyId: 'key-2' },
      ...{ offerId: 'o', recipient: { subjectId: 's', name: 'Ñ', email: 'A@b.example', studentNumber: '7' } },
    });
    await storage.transactor.commit([{ op: 'credential.prepare', row: whole }]);
    expect(await storage.reader.credential('whole')).toEqual(whole);
    const more = { ...credential('uno', 'more', 16), newMember: 'x' };
    await expect(storage.transactor.commit([{ op: 'credential.prepare', row: more }])).rejects.toThrow('newMember');
    const nested = { ...credential('uno', 'nested', 24), awardId: { id: 'a' } as never };
    await expect(storage.transactor.commit([{ op: 'credential.prepare', row: nested }])).rejects.toThrow('object');
    await storage.close();
  });
});
