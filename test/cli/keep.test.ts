import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemble, readConfig, readSecrets } from '#app';
import { decodeBitstring, getBit } from '#credentials';
import { run } from '../../src/cli/run.ts';
import { usePostgres } from '../support/postgres.ts';
import { newPort, openService, serviceOf, type TestService } from '../support/service.ts';
import { QUICK_KEYS } from '../support/unlimited-requests.ts';

const PASSPHRASE = 'the passphrase in escrow';
const folder = mkdtempSync(join(tmpdir(), 'tatak-keep-'));
const server = usePostgres();
const settings = { TATAK_PORT: String(newPort()), TATAK_TLS_PORT: String(newPort()), TATAK_PASSPHRASE: PASSPHRASE };
const before = { ...process.env };
let old: TestService;
let issuer: string;
let achievementId: string;

interface Issued {
  id: string;
  url: string;
  credential: { credentialStatus: { statusListCredential: string; statusListIndex: string } };
}

const backup = join(folder, 'store.tatak');
const lists = join(folder, 'published');
const data = (name: string) => join(folder, name);

async function tatak(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(argv, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join(''), err: err.join('') };
}

/** A service on what a command made. */
async function startOn(directory: string, env: Record<string, string> = {}): Promise<TestService> {
  const all = { ...settings, TATAK_DATA: directory, TATAK_LOG_LEVEL: 'silent', ...env };
  const config = readConfig(all);
  const app = await assemble(config, readSecrets(all, config), {
    ...QUICK_KEYS,
    rateLimits: { address: 1e9, key: 1e9, expensive: 1e9 },
  });
  await app.start();
  return serviceOf(app, { directory, publicUrl: config.publicUrl, operatorKey: old.operatorKey });
}

async function issue(service: TestService, count: number, of = achievementId): Promise<Issued[]> {
  const body = { achievementId: of, recipients: Array.from({ length: count }, () => ({})) };
  const {
    status,
    body: issued,
    text,
  } = await service.call<{ credentials: Issued[] }>('POST', '/v1/credentials', { key: issuer, body });
  expect(status, text).toBe(201);
  return issued.credentials;
}

const revoke = (service: TestService, { id }: Issued) =>
  service.call('POST', `/v1/credentials/${id}/status`, { key: issuer, body: { action: 'revoke', reason: 'mali' } });

const listOf = (one: Issued) => one.credential.credentialStatus.statusListCredential;

async function isSet(service: TestService, one: Issued): Promise<boolean> {
  const { body, status } = await service.call<{ credentialSubject: { encodedList: string } }>(
    'GET',
    new URL(listOf(one)).pathname,
  );
  expect(status).toBe(200);
  return getBit(
    decodeBitstring(body.credentialSubject.encodedList),
    Number(one.credential.credentialStatus.statusListIndex),
  );
}

const verdict = async (service: TestService, document: object) =>
  (await service.call<{ verdict: string }>('POST', '/v1/verifications', { body: { credential: document } })).body
    .verdict;

let known: Issued[];
let later: Issued[];
let next: Issued[];
let digest: string;
let checkpoint: string;

beforeAll(async () => {
  for (const [name, value] of Object.entries(settings)) process.env[name] = value;
  old = await openService({}, settings);
  ({ issuer } = await old.institution('specimen-college'));
  const made = await old.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement: { name: 'SPECIMEN A', description: 'D', criteria: { narrative: 'N' } } },
  });
  ({ achievementId } = made.body);
  known = await issue(old, 6);
  await revoke(old, known[0]!);
  const { code, out, err } = await tatak('backup', '--to', backup, '--data', old.directory, '--json');
  expect(code, err).toBe(0);
  digest = (JSON.parse(out) as { sha256: string }).sha256;
  // After the backup: revoked, issued, issued and revoked, and a list that the backup does not know.
  await revoke(old, known[1]!);
  later = await issue(old, 3);
  await revoke(old, later[0]!);
  const another = await old.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: {
      achievement: { name: 'SPECIMEN B', description: 'D', criteria: { narrative: 'N' } },
      statusPurpose: 'suspension',
    },
  });
  next = await issue(old, 2, another.body.achievementId);
  const suspended = await old.call('POST', `/v1/credentials/${next[0]!.id}/status`, {
    key: issuer,
    body: { action: 'suspend', reason: 'mali' },
  });
  expect(suspended.status, suspended.text).toBe(200);
  mkdirSync(lists);
  for (const url of new Set([...known, ...later, ...next].map(listOf))) {
    writeFileSync(join(lists, `${url.split('/').at(-1)}.json`), (await old.call('GET', new URL(url).pathname)).text);
  }
  checkpoint = join(folder, 'kept.txt');
  await old.app.close();
}, 120_000);

afterAll(async () => {
  for (const name of [...Object.keys(settings), 'TATAK_DATABASE_URL']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  await old.close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});

describe('tatak backup', () => {
  it('writes one file that only its owner reads, with every key wrapped and no passphrase', () => {
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    const text = gunzipSync(readFileSync(backup)).toString('utf8');
    expect(text).not.toContain(PASSPHRASE);
    expect(text).toContain('"keystore.json"');
    expect(text).not.toContain('loopback-key');
  });

  it('refuses what it cannot do', async () => {
    for (const args of [
      [],
      ['--to', backup, '--data', old.directory],
      ['--to', join(folder, 'x')],
      ['--to', join(folder, 'x'), '--data', folder],
    ]) {
      expect((await tatak('backup', ...args)).code, args.join(' ')).toBe(2);
    }
    expect((await tatak('backup', '--help')).out).toMatch(/^tatak backup --to FILE/);
  });
});

describe('tatak restore', () => {
  it('refuses to forget revocations without being told to, and leaves nothing', async () => {
    const { code, err } = await tatak('restore', '--from', backup, '--data', data('refused'));
    expect([code, err]).toEqual([1, expect.stringMatching(/nothing was restored: no published copy.*in force again/s)]);
    expect(existsSync(join(data('refused'), 'tatak.sqlite'))).toBe(false);
  });

  it('never un-revokes, serves what was issued after the backup, gives no index out twice, and says it in the log', async () => {
    const to = data('restored');
    const { code, out, err } = await tatak(
      'restore',
      '--from',
      backup,
      '--data',
      to,
      '--digest',
      digest,
      '--published',
      lists,
      '--json',
    );
    expect(code, err + out).toBe(0);
    const report = JSON.parse(out) as {
      lists: { adopted: boolean; changed: string[]; unknown: number }[];
      after: object;
      toDo: string[];
    };
    expect(
      report.lists
        .map(({ adopted, changed, unknown }) => ({ adopted, changed: changed.length, unknown }))
        .sort((a) => (a.adopted ? 1 : -1)),
    ).toEqual([
      { adopted: false, changed: 1, unknown: 1 },
      { adopted: true, changed: 0, unknown: 1 },
    ]);
    expect(report.toDo.length).toBeGreaterThan(3);
    const service = await startOn(to);
    try {
      const set = async (some: Issued[]) => Promise.all(some.map((one) => isSet(service, one)));
      expect(await set(known)).toEqual([true, true, false, false, false, false]);
      expect(await set(later)).toEqual([true, false, false]);
      expect(await set(next)).toEqual([true, false]);
      expect(await verdict(service, next[1]!.credential)).toBe('valid');
      // A learner still has a badge that was issued after the backup.
      expect(await verdict(service, later[1]!.credential)).toBe('valid');
      expect(await verdict(service, later[0]!.credential)).not.toBe('valid');
      expect(await verdict(service, known[1]!.credential)).not.toBe('valid');
      const fresh = await issue(service, 3);
      const taken = new Set([...known, ...later, ...next].map(listOf));
      expect(fresh.filter((one) => taken.has(listOf(one)))).toEqual([]);
      expect(await verdict(service, fresh[0]!.credential)).toBe('valid');
      // By its own reader too: nothing goes to a list that is closed.
      expect(await service.app.storage.integrity()).toEqual([]);
      const entry = await service.app.storage.reader.auditOf('store.restore', digest);
      expect(entry?.detail).toMatchObject({ carried: 3, lists: 2, missingLists: 0 });
    } finally {
      await service.app.close();
    }
    expect((await tatak('recheck', '--data', to)).code).toBe(0);
  }, 60_000);

  it('is a fork to whoever kept a later checkpoint, and says so', async () => {
    // The old service signed after the backup when it stopped.
    const exported = join(folder, 'old.jsonl');
    expect((await tatak('audit', 'export', '--data', old.directory, '--out', exported)).code).toBe(0);
    const notes = readFileSync(exported, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"checkpoint"'));
    writeFileSync(checkpoint, (JSON.parse(notes.at(-1)!) as { checkpoint: string }).checkpoint);
    const to = data('forked');
    const done = await tatak(
      'restore',
      '--from',
      backup,
      '--data',
      to,
      '--published',
      lists,
      '--checkpoint',
      checkpoint,
    );
    expect(done.code, done.err).toBe(0);
    expect(done.out).toMatch(/LOST: \d+ entries of the log were signed after the backup/);
    const service = await startOn(to);
    await issue(service, 15);
    await service.app.close();
    const again = join(folder, 'again.jsonl');
    expect((await tatak('audit', 'export', '--data', to, '--out', again)).code).toBe(0);
    expect(readFileSync(again, 'utf8')).toMatch(/"operation":"store.restore".*"lostEntries":\d+/);
    const verified = await tatak('audit', 'verify', again, '--checkpoint', checkpoint);
    expect([verified.code, verified.out]).toEqual([1, expect.stringContaining('held checkpoint')]);
    expect(verified.out).toContain('restored from a backup');
    expect((await tatak('audit', 'verify', again)).code).toBe(0);
  }, 60_000);

  it('refuses a backup of another log, another digest, a cut file, a place that is not empty', async () => {
    const cut = join(folder, 'cut.tatak');
    writeFileSync(cut, readFileSync(backup).subarray(0, -400));
    const text = gunzipSync(readFileSync(backup)).toString('utf8');
    const changed = join(folder, 'changed.tatak');
    writeFileSync(changed, gzipSync(text.replace('SPECIMEN A', 'SPECIMEN B')));
    const strange = join(folder, 'strange.txt');
    writeFileSync(strange, 'a checkpoint of somebody else\n');
    const cases: [args: string[], said: RegExp][] = [
      [['--from', cut], /./],
      [['--from', changed], /digest|other rows/],
      [['--from', join(folder, 'nowhere')], /ENOENT/],
      [['--from', backup, '--digest', '0'.repeat(64)], /the digest of the backup is/],
      [['--from', backup, '--checkpoint', strange], /not signed with the key of this log/],
      [['--from', backup, '--data', old.directory], /is not empty/],
    ];
    for (const [args, said] of cases) {
      const { code, out } = await tatak('restore', '--data', data('bad'), '--published', lists, '--json', ...args);
      expect([code, JSON.parse(out)], args.join(' ')).toEqual([1, { ok: false, detail: expect.stringMatching(said) }]);
      expect(existsSync(join(data('bad'), 'tatak.sqlite'))).toBe(false);
    }
    for (const args of [
      [],
      ['--from', backup],
      ['--from', backup, '--data', data('bad'), '--checkpoint', join(folder, 'nowhere')],
    ]) {
      expect((await tatak('restore', ...args)).code).toBe(2);
    }
  }, 60_000);

  it('is of no use without the passphrase, and of use with the copy in escrow (BK-2)', async () => {
    const to = data('escrow');
    expect((await tatak('restore', '--from', backup, '--data', to, '--accept-lost-revocations')).code).toBe(0);
    await expect(startOn(to, { TATAK_PASSPHRASE: 'another passphrase of somebody' })).rejects.toThrow(
      /does not open the keys/,
    );
    const service = await startOn(to);
    expect(await verdict(service, (await issue(service, 1))[0]!.credential)).toBe('valid');
    await service.app.close();
  }, 60_000);

  it('does not start a service where a restore was interrupted', async () => {
    const to = data('half');
    mkdirSync(to);
    copyFileSync(join(old.directory, 'tatak.sqlite'), join(to, 'tatak.sqlite.unfinished'));
    await expect(startOn(to)).rejects.toThrow(/a restore was interrupted here/);
  });
});

describe('tatak migrate', () => {
  it('moves a store to PostgreSQL and back, row for row, and closes what it left', async () => {
    const to = data('moving');
    expect((await tatak('restore', '--from', backup, '--data', to, '--accept-lost-revocations')).code).toBe(0);
    const running = await startOn(to);
    process.env.TATAK_DATABASE_URL = await server().database();
    try {
      const there = await tatak('migrate', '--from', 'sqlite', '--to', 'postgres', '--data', to, '--json');
      expect(there.code, there.err + there.out).toBe(0);
      expect(JSON.parse(there.out)).toMatchObject({ ok: true, tables: { credentials: { rows: 6 } } });
      // Not even a process that has the old one open writes there any more.
      const body = { achievementId, recipients: [{}] };
      const late = await running.call('POST', '/v1/credentials', { key: issuer, body });
      expect(late.status).toBeGreaterThanOrEqual(500);
      await running.app.close();
      const service = await startOn(data('replica'), { TATAK_DATABASE_URL: process.env.TATAK_DATABASE_URL });
      const [made] = await issue(service, 1);
      expect(await verdict(service, made!.credential)).toBe('valid');
      expect(await verdict(service, known[2]!.credential)).toBe('valid');
      await service.app.close();
      // The old one refuses: two that go on would be a fork.
      const stored = process.env.TATAK_DATABASE_URL;
      delete process.env.TATAK_DATABASE_URL;
      await expect(startOn(to)).rejects.toThrow(/the store has moved to the PostgreSQL database/);
      process.env.TATAK_DATABASE_URL = stored;
      expect((await tatak('migrate', '--from', 'sqlite', '--to', 'postgres', '--data', to)).code).not.toBe(0);
      const back = data('back');
      const again = await tatak('migrate', '--from', 'postgres', '--to', 'sqlite', '--data', back, '--json');
      expect(again.code, again.err + again.out).toBe(0);
      await expect(startOn(data('replica'), { TATAK_DATABASE_URL: stored })).rejects.toThrow(/the store has moved/);
      const home = await startOn(back);
      expect(await verdict(home, made!.credential)).toBe('valid');
      expect(await home.app.storage.integrity()).toEqual([]);
      await home.app.close();
    } finally {
      delete process.env.TATAK_DATABASE_URL;
    }
  }, 90_000);

  it('refuses what it cannot do', async () => {
    for (const args of [
      [],
      ['--from', 'sqlite', '--to', 'sqlite', '--data', folder],
      ['--from', 'sqlite', '--to', 'postgres', '--data', folder],
    ]) {
      expect((await tatak('migrate', ...args)).code).toBe(2);
    }
  });
});
