import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type AnyWrite, openPostgres, type Storage } from '#storage';
import { fillStore } from '../../src/storage/copies/copies.ts';
import { countReservations } from '../../src/storage/writes/reservations.ts';
import { applyWrite } from '../../src/storage/writes/write.ts';
import { usePostgres } from '../support/postgres.ts';
import { at, audit, credential, seed } from './support/records.ts';

const server = usePostgres();
const folder = mkdtempSync(join(tmpdir(), 'tatak-intents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BEFORE = '0064-steady-indexes';
const text = (id: string) => JSON.stringify({ id, narrative: 'As long as a credential is. '.repeat(60) });
const prepare = (id: string, index: number): AnyWrite => ({
  op: 'credential.prepare',
  row: credential('uno', id, index, { unsigned: text(id), preparedAt: at(index) }),
});
const issue = (credentialId: string): AnyWrite => ({
  ...{ op: 'credential.issue', tenant: 'uno', credentialId, signed: text(credentialId), sha256: 's', issuedAt: at(99) },
});
const open = async ({ reader }: Storage) =>
  (await reader.preparedCredentials(500)).map(({ credentialId }) => credentialId);

describe('open intents in PostgreSQL', () => {
  it('are found in a store of the version before, and settled from then on', async () => {
    const url = await server().database();
    const before = await migrationsBefore();
    await fillStore({ dataDirectory: folder, databaseUrl: url }, before, async ({ trx }) => {
      const commit = async (writes: readonly AnyWrite[]) => {
        for (const write of writes) await applyWrite(trx, write);
        await countReservations(trx, writes);
      };
      await seed({ transactor: { commit } } as unknown as Storage, 'uno');
      await commit([prepare('late', 16), prepare('early', 2), prepare('done', 9), issue('done')]);
    });
    const storage = await openPostgres({ url });
    try {
      expect(await open(storage)).toEqual(['early', 'late']);
      const abandon: AnyWrite = { op: 'credential.abandon', tenant: 'uno', credentialId: 'late', at: at(98) };
      await storage.transactor.commit([abandon, audit('uno', 'credential.abandon', 'late')]);
      expect(await open(storage)).toEqual(['early']);
      await storage.transactor.commit([issue('early'), audit('uno', 'credential.issue', 'early')]);
      expect(await open(storage)).toEqual([]);
      expect(await storage.integrity()).toEqual([]);
    } finally {
      await storage.close();
    }
  });

  it('are kept whoever writes: a service that was let in by the version before knows nothing of them', async () => {
    const { owner, service } = await server().guarded();
    const [made, storage] = [await openPostgres({ url: owner }), await openPostgres({ url: service })];
    try {
      await seed(made, 'uno');
      await server().run(owner, 'revoke all on open_intents from store_service');
      await storage.transactor.commit([prepare('a', 5), prepare('b', 18)]);
      expect(await open(made)).toEqual(['a', 'b']);
      await storage.transactor.commit([issue('a')]);
      expect(await open(made)).toEqual(['b']);
      // Nobody takes one away: a service may read them at the most.
      await server().run(owner, 'grant select on open_intents to store_service');
      await expect(server().run(service, 'delete from open_intents')).rejects.toThrow('permission denied');
    } finally {
      await Promise.all([made.close(), storage.close()]);
    }
  });

  it('of which one is lost, or one is left, are a finding', async () => {
    const url = await server().database();
    const storage = await openPostgres({ url });
    try {
      await seed(storage, 'uno');
      await storage.transactor.commit([prepare('a', 5)]);
      expect(await storage.integrity()).toEqual([]);
      await server().run(
        url,
        `delete from open_intents; insert into open_intents (tenant, prepared_at, credential_id) values ('uno', 'x', 'b')`,
      );
      const what = 'open intent that is not among those to settle, or one there that is none';
      expect((await storage.integrity()).sort()).toEqual([`${what}: a`, `${what}: b`]);
    } finally {
      await storage.close();
    }
  });

  it('become credentials in their place: no index of the table is written again', async () => {
    const url = await server().database();
    const storage = await openPostgres({ url });
    const ids = Array.from({ length: 40 }, (_, n) => `c${n}`);
    try {
      await seed(storage, 'uno');
      await storage.transactor.commit(ids.map((id, n) => prepare(id, n * 8)));
      await storage.transactor.commit(ids.map(issue));
    } finally {
      await storage.close();
    }
    const changes = async () => {
      const [row] = await server().run(
        url,
        `select n_tup_upd as all, n_tup_hot_upd as beside from pg_stat_user_tables where relname = 'credentials'`,
      );
      return [Number(row!.all), Number(row!.beside)];
    };
    await expect.poll(changes, { timeout: 10_000 }).toEqual([40, 40]);
  });
});

async function migrationsBefore(): Promise<string[]> {
  const url = await server().database();
  await (await openPostgres({ url })).close();
  const rows = await server().run(url, `select name from kysely_migration where name <= '${BEFORE}' order by name`);
  return rows.map(({ name }) => String(name));
}
