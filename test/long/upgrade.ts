/**
 * `npm run long:upgrade [COMMIT]`: the version before and this one, each from its own files, on one store: first alone, then side by
 * side, issuing and verifying each other's, then the one before started again on the schema of this one (FT-6). On both
 * engines. The version before is the last tag, or the last commit without the newest migration. Says so, and does nothing,
 * where there is no git.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../support/postgres.ts';
import { newPort } from '../support/service.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ROUNDS = 10;
const git = (...args: string[]) =>
  execFileSync('git', ['-C', ROOT, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

function versionBefore(): string | undefined {
  if (process.argv[2]) return process.argv[2];
  try {
    return git('describe', '--tags', '--abbrev=0');
  } catch {
    // No tag yet.
  }
  try {
    const newest = git('log', '-1', '--diff-filter=A', '--format=%H', '--', 'src/storage/migrations/0038-copies.ts');
    return git('rev-parse', `${newest}^`);
  } catch {
    return undefined;
  }
}

interface Running {
  name: string;
  ask<T>(method: string, path: string, key?: string, body?: object): Promise<{ status: number; body: T }>;
  readonly operatorKey: string | undefined;
  stop(): Promise<void>;
}

const HOSTS = { before: '127.0.0.1', now: '127.0.0.2' } as const;

async function start(tree: string, name: keyof typeof HOSTS, settings: Record<string, string>): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, ['--disable-proto=delete', join(tree, 'src', 'main.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...settings, TATAK_HOST: HOSTS[name], TATAK_LOG_LEVEL: 'error' },
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let said = '';
  await new Promise<void>((done, reject) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (chunk) => {
        said = (said + String(chunk)).slice(-20_000);
        if (said.includes('Tatak is at')) done();
      });
    }
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}: ${said}`)));
  });
  return {
    name,
    operatorKey: /Operator key, shown this once:\s+(\S+)/.exec(said)?.[1],
    async ask(method, path, key, body) {
      const response = await fetch(`http://${HOSTS[name]}:${settings.TATAK_PORT}${path}`, {
        method,
        headers: {
          accept: 'application/json',
          ...(key ? { authorization: `Bearer ${key}` } : {}),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: response.status, body: (await response.json()) as never };
    },
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

interface Issued {
  id: string;
  credential: object;
}

const failures: string[] = [];
const expect = (what: string, got: unknown, want: unknown) => {
  if (JSON.stringify(got) !== JSON.stringify(want)) failures.push(`${what}: ${JSON.stringify(got)}`);
};

async function pair(tree: string, engine: string, settings: Record<string, string>): Promise<void> {
  // 1. The version before makes the store, and fills it.
  let before = await start(tree, 'before', settings);
  const operator = before.operatorKey!;
  await before.ask('POST', '/v1/institutions', operator, {
    slug: 'specimen-college',
    profile: { name: 'SPECIMEN College' },
  });
  const asked = { institution: 'specimen-college', role: 'issuer', label: 'upgrade' };
  const issuer = (await before.ask<{ secret: string }>('POST', '/v1/api-keys', operator, asked)).body.secret;
  const achievement = { name: 'SPECIMEN A', description: 'D', criteria: { narrative: 'N' } };
  const { achievementId } = (
    await before.ask<{ achievementId: string }>('POST', '/v1/achievements', issuer, { achievement })
  ).body;
  const issue = async (by: Running, count = 2): Promise<Issued[]> => {
    const body = { achievementId, recipients: Array.from({ length: count }, () => ({})) };
    const answer = await by.ask<{ credentials: Issued[] }>('POST', '/v1/credentials', issuer, body);
    expect(`${engine}: ${by.name} issues`, answer.status, 201);
    return answer.body.credentials ?? [];
  };
  const verify = async (by: Running, one: Issued, want: string) => {
    const answer = await by.ask<{ verdict: string }>('POST', '/v1/verifications', undefined, {
      credential: one.credential,
    });
    expect(`${engine}: ${by.name} verifies ${one.id}`, answer.body.verdict, want);
  };
  const old = await issue(before, 10);
  // 2. This version comes beside it and changes the schema; both go on.
  const now = await start(ROOT, 'now', settings);
  for (const one of old) await verify(now, one, 'valid');
  let count = old.length;
  for (let round = 0; round < ROUNDS; round++) {
    const both = await Promise.all([issue(before), issue(now)]);
    count += both.flat().length;
    await Promise.all([
      ...both[0].map((one) => verify(now, one, 'valid')),
      ...both[1].map((one) => verify(before, one, 'valid')),
    ]);
    // What one revokes the other shows.
    const body = { action: 'revoke', reason: 'mali' };
    await Promise.all([
      now.ask('POST', `/v1/credentials/${both[0][0]!.id}/status`, issuer, body),
      before.ask('POST', `/v1/credentials/${both[1][0]!.id}/status`, issuer, body),
    ]);
    await Promise.all([verify(before, both[0][0]!, 'invalid'), verify(now, both[1][0]!, 'invalid')]);
  }
  // 3. The one before is started again on the schema of this one.
  await before.stop();
  before = await start(tree, 'before', settings);
  count += (await issue(before, 5)).length;
  await verify(before, old[0]!, 'valid');
  await now.stop();
  count += (await issue(before, 5)).length;
  await before.stop();
  // 4. All of it holds.
  const audited = spawn(
    process.execPath,
    ['--disable-proto=delete', join(ROOT, 'src/cli/tatak.ts'), 'recheck', '--data', settings.TATAK_DATA!, '--json'],
    {
      stdio: ['ignore', 'inherit', 'pipe'],
      env: { ...settings },
    },
  );
  let said = '';
  audited.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  expect(`${engine}: recheck`, await new Promise((done) => audited.once('close', done)), 0);
  expect(`${engine}: all of them`, Number(/^(\d+) looked at/m.exec(said.split('\n').at(-2) ?? '')?.[1]), count);
  console.log(`${engine}: ${count} credentials by two versions on one store, ${failures.length} failures`);
}

const commit = versionBefore();
if (commit === undefined) {
  console.log('not run: there is no git here, so there are no files of the version before');
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'tatak-upgrade-'));
const tree = join(folder, 'before');
git('worktree', 'add', '--detach', tree, commit);
const server = await startPostgres();
try {
  if (!existsSync(join(tree, 'node_modules'))) symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  for (const engine of ['sqlite', 'postgres'] as const) {
    const data = join(folder, engine);
    mkdirSync(data);
    await pair(tree, engine, {
      PATH: process.env.PATH ?? '',
      ...{ TATAK_PORT: String(newPort()), TATAK_TLS_PORT: String(newPort()), TATAK_DATA: data },
      TATAK_PASSPHRASE: 'one passphrase for two versions',
      ...(engine === 'postgres' ? { TATAK_DATABASE_URL: await server.database() } : {}),
    });
  }
} finally {
  await server.stop();
  git('worktree', 'remove', '--force', tree);
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures.slice(0, 20)) console.log(failure);
mkdirSync(join(ROOT, 'data', 'long'), { recursive: true });
writeFileSync(join(ROOT, 'data', 'long', 'upgrade.json'), `${JSON.stringify({ commit, failures: failures.length })}\n`);
process.exit(failures.length === 0 ? 0 : 1);
