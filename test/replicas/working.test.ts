import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { usePostgres } from '../support/postgres.ts';
import { openReplicas, type Replicas } from '../support/replicas.ts';
import { newPort } from '../support/service.ts';
import { COMPILED } from '../support/start-flags.ts';

const server = usePostgres();
let databaseUrl: string;
let replicas: Replicas;
let issuer: string;
let achievementId: string;

beforeAll(async () => {
  databaseUrl = await server().database();
  // As the process opens it that has nothing but its settings.
  replicas = await openReplicas({ databaseUrl, overrides: { keys: {} } });
  const [one] = replicas.all;
  ({ issuer } = await one!.institution('specimen-college'));
  const achievement = { name: 'SPECIMEN A', description: 'D', criteria: { narrative: 'N' } };
  const made = await one!.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement },
  });
  achievementId = made.body.achievementId;
}, 60_000);
afterAll(() => replicas?.close());

const until = (what: () => Promise<boolean>) => vi.waitUntil(what, { timeout: 170_000, interval: 100 });
const reader = () => replicas.all[0]!.app.storage.reader;
const listOf = (count: number) => ({
  achievementId,
  rows: Array.from({ length: count }, (_, n) => ({ name: `Learner ${n}`, email: `l${n}@students.example` })),
});

/** Made on one, started on the other. @returns its id */
async function begin(n: number, count: number): Promise<string> {
  const made = await replicas.all[n]!.call<{ batchId: string }>('POST', '/v1/batches', {
    key: issuer,
    body: listOf(count),
  });
  const started = await replicas.all[1 - n]!.call('POST', `/v1/batches/${made.body.batchId}/start`, { key: issuer });
  expect([made.status, started.status], made.text + started.text).toEqual([201, 202]);
  return made.body.batchId;
}
const done = async (batchId: string) => (await reader().batch('specimen-college', batchId))?.state === 'done';

async function credentialsOf(batchId: string) {
  const rows = [];
  for (let cursor: string | undefined; ; ) {
    const page = await reader().credentials(
      { tenant: 'specimen-college', batchId },
      { limit: 200, ...(cursor ? { cursor } : {}) },
    );
    rows.push(...page.items);
    cursor = page.next;
    if (!cursor) return rows;
  }
}

describe('workers of two replicas', () => {
  it('issue every row of every class list once', async () => {
    for (const batchId of await Promise.all([0, 1, 0].map((n) => begin(n, 120)))) {
      await until(() => done(batchId));
      expect(await reader().batch('specimen-college', batchId)).toMatchObject({ issuedRows: 120, failedRows: 0 });
      const rows = await credentialsOf(batchId);
      expect(rows.map(({ batchRow }) => batchRow).sort((a, b) => a! - b!)).toEqual(
        Array.from({ length: 120 }, (_, n) => n + 1),
      );
      expect(rows.every(({ phase }) => phase === 'issued')).toBe(true);
    }
    expect(await replicas.all[1]!.app.storage.integrity()).toEqual([]);
  }, 180_000);

  it('sign one log: checkpoints asked of both at once continue one another', async () => {
    await Promise.all([0, 1, 0, 1].map((n) => replicas.all[n]!.call('GET', '/log/checkpoint')));
    const notes = await Promise.all([0, 1].map((n) => replicas.all[n]!.call('GET', '/log/checkpoint')));
    expect(notes.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(notes.map(({ text }) => text)).size).toBe(1);
    expect(await replicas.all[0]!.app.storage.integrity()).toEqual([]);
  });
});

describe('a replica in a process of its own', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-process-'));
  let child: ChildProcess | undefined;
  afterAll(() => {
    child?.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });

  it('serves the same database by its settings alone, and when it is killed the others go on', async () => {
    const port = newPort();
    const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
    child = spawn(process.execPath, ['--disable-proto=delete', main], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...COMPILED,
        TATAK_PUBLIC_URL: replicas.publicUrl,
        TATAK_PORT: String(port),
        TATAK_TLS_PORT: String(newPort()),
        TATAK_DATA: directory,
        TATAK_DATABASE_URL: databaseUrl,
        TATAK_PASSPHRASE: 'one passphrase for all replicas',
      },
    });
    let said = '';
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => (said += String(text)));
    await until(async () => said.includes('Tatak is at') || child!.exitCode !== null);
    expect(child.exitCode, said).toBe(null);
    // A first key was made long ago, and no address of a database is told to anyone.
    expect(said).not.toMatch(/Operator key|specimen-of-a-password|postgres:/);
    const health = await fetch(`http://127.0.0.1:${port}/health`);
    expect([health.status, await health.text()]).toEqual([200, expect.stringContaining('"database":"ok"')]);

    const batchId = await begin(0, 60);
    child.kill('SIGKILL');
    // If the dead one had the lease, another one takes it when it is over, a minute later.
    await until(() => done(batchId));
    expect(await reader().batch('specimen-college', batchId)).toMatchObject({ issuedRows: 60, failedRows: 0 });
    const issued = await replicas.all[1]!.call('POST', '/v1/credentials', {
      key: issuer,
      body: { achievementId, recipients: [{ name: 'Amihan', email: 'amihan@students.example' }] },
    });
    expect(issued.status, issued.text).toBe(201);
    expect(await replicas.all[0]!.app.storage.integrity()).toEqual([]);
  }, 180_000);
});
