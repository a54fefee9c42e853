import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '#kernel';
import { openSqlite } from '#storage';
import { translateError } from '../../src/storage/engines/sqlite/errors.ts';
import { everyWrite, snapshot } from './support/every-write.ts';
import { audit, institution, seed } from './support/records.ts';

const folder = mkdtempSync(join(tmpdir(), 'tatak-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = () => join(folder, `${++files}.db`);

/** A store with everything in it: a copy of the one that was made first. */
const filled = () => {
  const path = newPath();
  copyFileSync(join(folder, 'filled.db'), path);
  return path;
};
beforeAll(async () => {
  const storage = await openSqlite({ path: join(folder, 'filled.db') });
  await storage.transactor.commit([...everyWrite('uno'), audit('uno', 'more', 'x')]);
  await storage.close();
});

describe('SQLite', () => {
  it('keeps nothing when the n-th statement of a commit fails, for every n, the COMMIT included (FT-1)', async () => {
    const path = newPath();
    let seen = 0;
    let failAt = 0;
    const texts: string[] = [];
    const storage = await openSqlite({
      path,
      intercept(sql) {
        texts.push(sql);
        if (++seen === failAt) throw new Error(`injected at ${sql}`);
      },
    });
    await seed(storage, 'old');
    const before = await snapshot(storage, 'uno');
    texts.length = 0;
    for (failAt = 1; ; failAt++) {
      seen = 0;
      const outcome = await storage.transactor.commit(everyWrite('uno')).then(
        () => 'done',
        (error: Error) => error.message,
      );
      if (outcome === 'done') break;
      expect(outcome).toMatch(/^injected at /);
      expect(await snapshot(storage, 'uno'), `statement ${failAt}`).toBe(before);
    }
    expect(failAt).toBeGreaterThan(40);
    expect(texts[0]).toBe('begin immediate');
    expect(texts.at(-1)).toBe('commit');
    expect(await storage.integrity()).toEqual([]);
    await storage.close();
  });

  it('keeps the promises of durability and of readers', async () => {
    const path = newPath();
    const storage = await openSqlite({ path });
    await seed(storage, 'uno');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const raw = new Database(path);
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    // Held by another connection: reading goes on.
    raw.exec('begin immediate');
    expect(await storage.reader.institution('uno')).toEqual(institution('uno'));
    raw.exec('rollback');
    raw.close();
    await storage.close();
  });

  it('is there again after closing, and closing twice is harmless', async () => {
    const path = newPath();
    const first = await openSqlite({ path });
    await first.transactor.commit(everyWrite('uno'));
    const before = await snapshot(first, 'uno');
    await first.close();
    await first.close();
    await expect(first.reader.institution('uno')).rejects.toThrow();
    const second = await openSqlite({ path });
    expect(await snapshot(second, 'uno')).toBe(before);
    await second.transactor.commit(everyWrite('dos'));
    expect(await second.integrity()).toEqual([]);
    await second.close();
  });

  it('opens a store that a later version has migrated further', async () => {
    const path = newPath();
    await (await openSqlite({ path })).close();
    const raw = new Database(path);
    raw.exec("alter table credentials add column later text; insert into kysely_migration values ('9999-later', 'x')");
    raw.close();
    const storage = await openSqlite({ path });
    await storage.transactor.commit(everyWrite('uno'));
    expect(await storage.integrity()).toEqual([]);
    await storage.close();
  });

  it('refuses a file that is not a database, and a folder that is not there', async () => {
    const path = newPath();
    writeFileSync(path, 'hindi ito database '.repeat(100));
    await expect(openSqlite({ path })).rejects.toThrow(/not a database/);
    await expect(openSqlite({ path: join(folder, 'none', 'x.db') })).rejects.toThrow(/ENOENT/);
  });

  it('says when other writers do not let it in', () => {
    const path = newPath();
    const [holder, waiter] = [new Database(path), new Database(path, { timeout: 0 })];
    holder.exec('begin immediate');
    let error: unknown;
    try {
      waiter.exec('begin immediate');
    } catch (caught) {
      error = translateError(caught);
    }
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ kind: 'unavailable' });
    holder.close();
    waiter.close();
  });

  it.each([
    'audit',
    'prior_learning_entries',
    'achievement_versions',
    'images',
    'status_entries',
    'status_events',
    'accreditations',
    'accreditation_events',
    'successions',
    'held_registers',
    'issuing_decisions',
    'pathways',
    'equivalence_editions',
    'equivalence_events',
  ])('has no way to update or delete a row of %s', async (table) => {
    const raw = new Database(filled());
    for (const change of [`update ${table} set tenant = 'dos'`, `delete from ${table}`]) {
      expect(() => raw.exec(change)).toThrow(`${table} is append-only`);
    }
    // As on every connection the service makes.
    raw.pragma('recursive_triggers = ON');
    expect(() => raw.exec(`insert or replace into ${table} select * from ${table}`)).toThrow('append-only');
    raw.close();
  });

  it('has the tenant first in every key, but for the ids that are unique across tenants', async () => {
    const path = newPath();
    await (await openSqlite({ path })).close();
    const raw = new Database(path);
    const keys = raw
      .prepare<[], { table: string; columns: string }>(
        `select m.name as "table", (select group_concat(name) from pragma_index_info(i.name)) as columns
         from sqlite_master m, pragma_index_list(m.name) i
         where m.type = 'table' and m.name not like 'kysely%' and i."unique" = 1`,
      )
      .all();
    raw.close();
    expect(new Set(keys.map((key) => key.table)).size).toBe(74);
    const others = keys.filter((key) => key.columns.split(',')[0] !== 'tenant');
    expect(others.map((key) => `${key.table}: ${key.columns}`).sort()).toEqual([
      'account_roles: account_id,role_id',
      'account_roles: account_id,tenant,role',
      'accounts: account_id',
      'accounts: email',
      'accreditations: accreditation_id',
      'achievement_versions: achievement_id,version',
      'api_keys: key_id',
      'audit: seq',
      'carried_statuses: list_id,entry',
      'challenges: challenge',
      'conferral_components: component_award_id,pathway',
      'connection_identifiers: connection_id,kind,value',
      'connections: connection_id',
      'credentials: credential_id',
      'endorsements: credential_id',
      'equivalence_editions: equivalence_id,edition',
      'equivalence_events: equivalence_id,seq',
      'equivalences: equivalence_id',
      'exchanges: offer_id',
      'heartbeats: name',
      'holder_identifiers: session_id,kind,value',
      'holder_profiles: email',
      'holder_profiles: profile_id',
      'holder_sessions: session_id',
      'holder_sessions: token_sha256',
      'host_authorizations: state_sha256',
      'host_connections: connection_id',
      'host_connections: keeper_kind,keeper_value,host_id',
      'host_transfers: connection_id,kind,credential_id',
      'host_transfers: transfer_id',
      'imported_credentials: import_id',
      'imported_credentials: keeper_kind,keeper_value,identity',
      'kept_reports: report_id',
      'keystore_heads: name',
      'known_hosts: discovery_url',
      'known_hosts: host_id',
      'limited_uses: key,span',
      'log_keys: key_id',
      'mail: mail_id',
      'mail_codes: session_id,email',
      'oauth_clients: client_id',
      'oauth_keys: key_id',
      'oauth_records: model,id_sha256',
      'offers: offer_id',
      'offers: secret_sha256',
      'officer_sessions: session_sha256',
      'open_id_logins: state_sha256',
      'passkey_challenges: challenge_sha256',
      'passkeys: credential_id',
      'pathways: pathway_id,version',
      'plain_credentials: credential_id',
      'platforms: client_id',
      'presentation_requests: request_id',
      'release_choices: credential_id',
      'sign_in_links: email_sha256,ordinal',
      'sign_in_links: link_sha256',
      'signing_stops: stop_id',
      'status_lists: list_id',
      'store_marks: name',
      'verifier_keys: key_id',
      'wallet_issuances: issuance_id',
      'wallet_issuances: offer_id,format',
      'webhook_deliveries: webhook_id,seq',
      'webhooks: webhook_id',
    ]);
  });
});

describe('integrity', () => {
  it.each([
    [
      'a moved status index',
      'drop trigger status_entries_no_update; update status_entries set "index" = 2 where pair = 2',
      /status entry: c1/,
    ],
    ['a wrong count of reserved indexes', 'update status_lists set reserved = 9', /reserved indexes: LIST-uno/],
    [
      'a list of another kind under a plain credential',
      "update status_lists set kind = null where kind = 'plain'",
      /another kind or purpose: v1/,
    ],
    ['a wrong batch count', 'update batches set issued_rows = 3', /count of rows: batch-uno/],
    ['a row whose credential is gone', "update batch_rows set credential_id = 'x' where row = 1", /row without/],
    ['another purpose', "update status_lists set purpose = 'suspension'", /another purpose/],
    ['a missing parent', 'pragma foreign_keys = off; delete from batches', /foreign key: batch_rows/],
    [
      'an edited audit entry',
      "drop trigger audit_no_update; update audit set actor = 'x' where seq = 1",
      /chain broken at 1: hash/,
    ],
    [
      'a deleted audit entry',
      'drop trigger audit_no_delete; delete from audit where seq = 1',
      /chain broken at 1: gap/,
    ],
  ])('finds %s', async (_, damage, finding) => {
    const path = filled();
    const storage = await openSqlite({ path });
    expect(await storage.integrity()).toEqual([]);
    const raw = new Database(path);
    raw.exec(damage);
    raw.close();
    expect((await storage.integrity()).join('\n')).toMatch(finding);
    await storage.close();
  });
});
