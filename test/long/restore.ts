/**
 * `npm run long:restore [COUNT]`: 100,000 credentials are backed up while their service runs, and restored in each engine (BK-1): how
 * long, how much memory, whether all of them verify, whether the next ones get places of their own. The store and what was
 * measured stay under `data/long/restore`; started again it goes on where it was stopped.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, assemble, readConfig, readSecrets } from '#app';
import { openStorage } from '#storage';
import { startPostgres } from '../support/postgres.ts';

const WANTED = Number(process.argv[2] ?? 100_000);
const ALLOWED_MS = 10 * 60_000;
const ROOT = join(import.meta.dirname, '..', '..');
const TATAK = join(ROOT, 'src', 'cli', 'tatak.ts');
const folder = join(ROOT, 'data', 'long', 'restore');
const [store, backup, figuresFile] = [
  join(folder, 'store'),
  join(folder, 'backup.tatak'),
  join(folder, 'figures.json'),
];
const settings: Record<string, string> = {
  ...{ TATAK_PORT: '9480', TATAK_TLS_PORT: '9483', TATAK_LOG_LEVEL: 'error' },
  TATAK_PASSPHRASE: 'one passphrase for a long test',
};

interface Progress {
  operatorKey?: string;
  issuer?: string;
  achievementId?: string;
  figures: Record<string, number | string>;
}

mkdirSync(folder, { recursive: true });
const progress: Progress = existsSync(figuresFile) ? JSON.parse(readFileSync(figuresFile, 'utf8')) : { figures: {} };
const keep = () => writeFileSync(figuresFile, `${JSON.stringify(progress, null, 2)}\n`, { mode: 0o600 });
const done = (figures: Record<string, number | string>) => {
  Object.assign(progress.figures, figures);
  keep();
  console.log(JSON.stringify(figures));
};

async function open(directory: string, env: Record<string, string> = {}): Promise<App> {
  const all = { ...settings, TATAK_DATA: directory, ...env };
  const config = readConfig(all);
  const app = await assemble(config, readSecrets(all, config), {
    rateLimits: { address: 1e9, key: 1e9, expensive: 1e9 },
  });
  const { operatorKey } = await app.start();
  progress.operatorKey ??= operatorKey;
  return app;
}

async function call<T>(app: App, url: string, key: string, body: object): Promise<T> {
  const headers = { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const response = await app.server.inject({ method: 'POST', url, headers, payload: JSON.stringify(body) });
  if (response.statusCode !== 201 && response.statusCode !== 200) throw new Error(response.body);
  return JSON.parse(response.body) as T;
}

async function prepare(app: App): Promise<void> {
  if (progress.achievementId) return;
  const operator = progress.operatorKey!;
  await call(app, '/v1/institutions', operator, { slug: 'specimen-college', profile: { name: 'SPECIMEN College' } });
  const asked = { institution: 'specimen-college', role: 'issuer', label: 'long test' };
  progress.issuer = (await call<{ secret: string }>(app, '/v1/api-keys', operator, asked)).secret;
  const achievement = { name: 'SPECIMEN Badge', description: 'D', criteria: { narrative: 'C' } };
  const made = await call<{ achievementId: string }>(app, '/v1/achievements', progress.issuer, { achievement });
  progress.achievementId = made.achievementId;
  keep();
}

async function issue(app: App, count: number): Promise<{ id: string }[]> {
  const body = { achievementId: progress.achievementId, recipients: Array.from({ length: count }, () => ({})) };
  return (await call<{ credentials: { id: string }[] }>(app, '/v1/credentials', progress.issuer!, body)).credentials;
}

/** The command line in a process of its own. @returns what it printed, how long it took, and the most memory it had */
async function tatak(args: string[], env: Record<string, string> = {}) {
  const since = performance.now();
  const child = spawn(process.execPath, ['--disable-proto=delete', TATAK, ...args], {
    env: { PATH: process.env.PATH ?? '', ...settings, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [out, peak] = ['', 0];
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  const watch = setInterval(() => {
    if (!existsSync(`/proc/${child.pid}/status`)) return;
    peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? peak);
  }, 100);
  const code = await new Promise<number | null>((end) => child.once('close', end));
  clearInterval(watch);
  return { code, out, seconds: Math.round((performance.now() - since) / 100) / 10, peakMiB: Math.round(peak / 1024) };
}

const app = await open(store);
await prepare(app);
let stored = await app.storage.reader.countAwardedSince('specimen-college', '2000-01-01T00:00:00Z');
while (stored < WANTED) {
  stored += (await issue(app, Math.min(100, WANTED - stored))).length;
  if (stored % 1_000 === 0 || stored === WANTED) done({ stored });
}
if (!existsSync(backup)) {
  // Somebody goes on issuing: what a backup has is of one moment.
  let going = true;
  const others = (async () => {
    let count = 0;
    while (going) count += (await issue(app, 1)).length;
    return count;
  })();
  const { code, out, seconds, peakMiB } = await tatak(['backup', '--to', backup, '--data', store, '--json']);
  going = false;
  if (code !== 0) throw new Error(`backup: ${code} ${out}`);
  const { tables } = JSON.parse(out) as { tables: { credentials: { rows: number } } };
  done({
    ...{ backedUp: tables.credentials.rows, backupSeconds: seconds, backupPeakMiB: peakMiB },
    ...{ backupMiB: Math.round(statSync(backup).size / 1024 / 1024), issuedMeanwhile: await others },
  });
}
await app.close();

let ok = true;
const server = await startPostgres();
for (const engine of ['sqlite', 'postgres'] as const) {
  const directory = join(folder, engine);
  rmSync(directory, { recursive: true, force: true });
  const env: Record<string, string> = engine === 'postgres' ? { TATAK_DATABASE_URL: await server.database() } : {};
  const args = ['restore', '--from', backup, '--data', directory, '--accept-lost-revocations', '--json'];
  const { code, out, seconds, peakMiB } = await tatak(args, env);
  if (code !== 0) throw new Error(`restore: ${code} ${out}`);
  done({ [`${engine}RestoreSeconds`]: seconds, [`${engine}RestorePeakMiB`]: peakMiB });
  // Every one against the log, the rules of its day and its signature.
  const rechecked = await tatak(['recheck', '--data', directory, '--json'], env);
  done({
    [`${engine}RecheckSeconds`]: rechecked.seconds,
    [`${engine}Drifted`]: rechecked.out === '' ? 0 : rechecked.out,
  });
  ok &&= rechecked.code === 0 && seconds * 1_000 <= ALLOWED_MS;
  ok &&= await aheadOf(directory, env, engine);
}
await server.stop();
done({ ok: String(ok) });
process.exit(ok ? 0 : 1);

/** New credentials after the restore: no place that the store before it gave out, neither what the backup has nor what came later. */
async function aheadOf(directory: string, env: Record<string, string>, engine: string): Promise<boolean> {
  const restored = await open(directory, env);
  const made = [];
  for (let round = 0; round < 10; round++) made.push(...(await issue(restored, 100)));
  const before = await openStorage({ dataDirectory: store });
  let clashes = 0;
  for (const { id } of made) {
    const row = (await restored.storage.reader.credential(id))!;
    if (await before.reader.credential(id)) clashes++;
    if (await before.reader.statusList(row.statusListId)) clashes++;
  }
  const findings = await restored.storage.integrity();
  await Promise.all([before.close(), restored.close()]);
  done({
    [`${engine}IssuedAfter`]: made.length,
    [`${engine}Clashes`]: clashes,
    [`${engine}Findings`]: findings.length,
  });
  return clashes + findings.length === 0;
}
