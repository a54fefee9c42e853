import { describe, expect, it } from 'vitest';
import { type AnyWrite, openPostgres, type Storage } from '#storage';
import { usePostgres } from '../support/postgres.ts';
import { changeAsAnother, everyOwnRead } from './contract/tenancy.ts';
import { everyWrite, snapshot } from './support/every-write.ts';

const server = usePostgres();
const run = (url: string, sql: string) => server().run(url, sql);
const [UNO, DOS] = ['marker-uno', 'marker-dos'];

/** Every condition on the tenant is forgotten: the worst that a change of one query could do, done to all of them. */
const forgetful = (sql: string) => sql.replace(/(?:"\w+"\.)?"tenant" = \$(\d+)/g, '$$$1::text is not null');

async function filled(url: string, options: Partial<Parameters<typeof openPostgres>[0]> = {}): Promise<Storage> {
  const storage = await openPostgres({ url });
  for (const tenant of [UNO, DOS]) await storage.transactor.commit(everyWrite(tenant));
  await storage.close();
  return openPostgres({ url, ...options });
}

describe('AU-2: the wall in the database', () => {
  it('shows one institution nothing of another, also where every query forgets which one it is for', async () => {
    const { service } = await server().guarded();
    const storage = await filled(service, { interceptReads: forgetful });
    expect(storage.rowSecurity).toBe(true);
    for (const [own, other] of [
      [UNO, DOS],
      [DOS, UNO],
    ] as const) {
      const seen = JSON.stringify(await everyOwnRead(storage.reader, own, other));
      expect(seen).toContain(own);
      expect(seen).not.toContain(other);
    }
    await storage.close();
  });

  it('is what keeps them apart then: the same queries of the owner show the other', async () => {
    const { owner } = await server().guarded();
    const storage = await filled(owner, { interceptReads: forgetful });
    expect(storage.rowSecurity).toBe(false);
    expect(JSON.stringify(await everyOwnRead(storage.reader, UNO, DOS))).toContain(DOS);
    await storage.close();
  });

  const later = '2026-06-09T00:00:00Z';
  const crossing: AnyWrite = {
    ...{ op: 'conferral.checked', tenant: UNO, conferralId: `conf-${DOS}` },
    ...{ at: later, seen: [] },
  };

  it('lets nobody change rows of another, also where every change forgets whose it is', async () => {
    const { service } = await server().guarded();
    const storage = await filled(service, { intercept: forgetful });
    const before = await snapshot(storage, DOS);
    await changeAsAnother(storage, DOS, UNO);
    await expect(storage.transactor.commit([crossing])).rejects.toMatchObject({ kind: 'not-found' });
    expect(await snapshot(storage, DOS)).toBe(before);
    await storage.close();
  });

  it('is what keeps them then: the owner changes a row of another', async () => {
    const { owner } = await server().guarded();
    const storage = await filled(owner, { intercept: forgetful });
    await storage.transactor.commit([crossing]);
    expect((await storage.reader.conferral(DOS, `conf-${DOS}`))?.checkedAt).toBe(later);
    await storage.close();
  });

  it('refuses rows that are written for another, and shows nothing where nobody said whose', async () => {
    const { service } = await server().guarded();
    await (await filled(service)).close();
    const as = (tenant: string, sql: string) => run(service, `set tatak.tenant = '${tenant}'; ${sql}`);
    const images = 'select distinct tenant from images';
    expect(await run(service, images)).toEqual([]);
    expect(await as(UNO, images)).toEqual([{ tenant: UNO }]);
    expect(await as('*', `${images} order by tenant`)).toEqual([{ tenant: DOS }, { tenant: UNO }]);
    const copy = `insert into idempotency select '${DOS}', operation, 'other', request_sha256, credential_ids, created_at from idempotency`;
    await expect(as(UNO, copy)).rejects.toThrow('violates row-level security policy');
    await expect(as(UNO, `update idempotency set tenant = '${DOS}'`)).rejects.toThrow('row-level security policy');
    expect(await as(UNO, `update idempotency set key = 'mine' returning tenant`)).toEqual([{ tenant: UNO }]);
    expect(await as(UNO, `delete from idempotency where tenant = '${DOS}' returning key`)).toEqual([]);
    // Of the service: sessions, accounts, keys of the log.
    expect(await as(UNO, 'select * from log_keys union all select * from log_keys')).toEqual([]);
  });

  it('cannot be opened by the service', async () => {
    const { owner, service } = await server().guarded();
    const [ownerRole, serviceRole] = [new URL(owner).username, new URL(service).username];
    for (const attempt of [
      'alter table credentials disable row level security',
      'alter table credentials no force row level security',
      'drop policy tenant_rows on credentials',
      'alter policy tenant_rows on credentials using (true)',
      'truncate idempotency',
      'drop table idempotency',
      'alter table audit disable trigger all',
      'drop trigger audit_append_only on audit',
      'set session_replication_role = replica',
      "update audit set actor = 'x'",
      'delete from status_entries',
      'create table mine (a text)',
      'create function pg_temp.f() returns text language sql as $$ select 1::text $$; alter function pg_temp.f() owner to postgres',
      `set role ${ownerRole}`,
      `alter role ${serviceRole} bypassrls`,
      `grant select on credentials to public`,
      "insert into kysely_migration values ('x', 'y')",
    ]) {
      // A grant that gives nothing is a warning of the server.
      if (attempt.startsWith('grant')) await run(service, attempt).catch(() => undefined);
      else await expect(run(service, attempt), attempt).rejects.toThrow();
    }
    const [rights] = await run(
      owner,
      "select count(*)::int as n from information_schema.role_table_grants where grantee = 'PUBLIC' and table_schema = 'public'",
    );
    expect(rights).toEqual({ n: 0 });
    // The one thing it leaves open: whoever runs SQL as the service says which institution it asks for.
    expect(await run(service, "set row_security = off; set tatak.tenant = '*'; select 1 as n")).toEqual([{ n: 1 }]);
    await expect(run(service, 'set row_security = off; select * from credentials')).rejects.toThrow(
      'row-level security',
    );
  });
});

describe('the owner of the tables', () => {
  it('guards every table, also one that comes later, and gives the service no more than it needs', async () => {
    const { owner, service } = await server().guarded();
    await run(owner, 'create table later (tenant text, word text); create table of_the_service (word text)');
    await expect(openPostgres({ url: service })).rejects.toThrow(
      /without row-level security \(later\): run `tatak schema`/,
    );
    await (await openPostgres({ url: owner, grantTo: new URL(service).username })).close();
    await run(owner, "insert into later values ('uno', 'a'), ('dos', 'b'); insert into of_the_service values ('c')");
    const words = 'select word from later union all select word from of_the_service';
    expect(await run(service, `set tatak.tenant = 'uno'; ${words}`)).toEqual([{ word: 'a' }]);
    expect(await run(service, `set tatak.tenant = '*'; ${words}`)).toHaveLength(3);
    const rights = await run(
      owner,
      `select table_name, string_agg(privilege_type, ' ' order by privilege_type) as may
       from information_schema.role_table_grants where grantee = '${new URL(service).username}' group by 1`,
    );
    const of = (table: string) => rights.find(({ table_name }) => table_name === table)?.may;
    expect(of('audit')).toBe('INSERT SELECT');
    expect(of('credentials')).toBe('DELETE INSERT SELECT UPDATE');
    expect(of('kysely_migration')).toBe('SELECT');
    expect(rights.filter(({ may }) => /TRUNCATE|TRIGGER|REFERENCES/.test(String(may)))).toEqual([]);
    await (await openPostgres({ url: service })).close();
  });

  it('is asked for when there are no tables, or older ones, and is the only one who lets others in', async () => {
    const { owner, service } = await server().guarded();
    await run(owner, "delete from kysely_migration where name like '0034%'");
    await expect(openPostgres({ url: service })).rejects.toThrow(
      /older than this version \(0034-.*: run `tatak schema`/,
    );
    await expect(openPostgres({ url: service, grantTo: 'somebody' })).rejects.toThrow('only the owner');
    const empty = await server().database();
    const asService = empty.replace('//tatak:', `//${new URL(service).username}:`);
    await expect(openPostgres({ url: asService })).rejects.toThrow(/no tables yet.*run `tatak schema`/);
  });

  it('finds a table whose policies were put out of force', async () => {
    const { owner, service } = await server().guarded();
    const storage = await openPostgres({ url: service });
    expect(await storage.integrity()).toEqual([]);
    await run(owner, 'alter table mail disable row level security');
    expect(await storage.integrity()).toEqual(['row-level security off: mail']);
    await storage.close();
  });
});
