/**
 * A class list from the first byte of its upload to its last row issued, through the service in a process of its own as
 * `npm start` runs it. By itself: `node --disable-proto=delete test/bench/batch.ts --engine=sqlite --rows=10000`.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { startPostgres } from '../support/postgres.ts';
import { newPort } from '../support/service.ts';
import { START_ENVIRONMENT, START_FLAGS } from '../support/start-flags.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MIB = 1024;

export interface BatchAsked {
  engine: 'sqlite' | 'postgres';
  rows: number;
  /** Of an empty database that keeps what it commits; absent: a server for this run, which keeps it too. */
  databaseUrl?: string;
  /** More flags for the service, such as `--cpu-prof`. */
  flags?: readonly string[];
  say?: (line: string) => void;
}

export interface BatchFigures {
  /** Rows issued, over the time from the start of the upload to the end of the batch. */
  perSecond: number;
  /** Of the service alone: resident memory at its highest, in MiB. */
  peakMiB: number;
  uploadSeconds: number;
  /** CPU time of the service for one row, in microseconds: what other work on the machine does not change. */
  cpuMicros: number;
}

/** @throws Error when any row is not issued */
export async function measureBatch(asked: BatchAsked): Promise<BatchFigures> {
  const { engine, rows, say = () => {} } = asked;
  const own =
    engine === 'postgres' && asked.databaseUrl === undefined ? await startPostgres(undefined, true) : undefined;
  const databaseUrl = engine === 'postgres' ? (asked.databaseUrl ?? (await own!.database())) : undefined;
  const directory = mkdtempSync(join(tmpdir(), 'tatak-batch-'));
  const service = await startService(directory, databaseUrl, asked.flags ?? []);
  try {
    const { issuer, achievementId } = await prepare(service);
    const before = service.cpu();
    const began = performance.now();
    const made = await service.json('POST', `/v1/batches?achievementId=${achievementId}`, issuer, classList(rows));
    const uploadSeconds = (performance.now() - began) / 1000;
    say(`uploaded and previewed in ${uploadSeconds.toFixed(1)} s, ${service.rss().toFixed(0)} MiB`);
    const path = `/v1/batches/${made.batchId}`;
    await service.json('POST', `${path}/start`, issuer);
    for (let told = performance.now(); ; await new Promise((later) => setTimeout(later, 500))) {
      const { state, issuedRows } = await service.json('GET', path, issuer);
      if (state === 'done' && issuedRows === rows) break;
      if (state !== 'queued' && state !== 'running')
        throw new Error(`the batch ended as ${state}, ${issuedRows} issued`);
      if (performance.now() - told < 5_000) continue;
      told = performance.now();
      say(`${issuedRows} of ${rows} issued, ${((told - began) / 1000).toFixed(0)} s, ${service.rss().toFixed(0)} MiB`);
    }
    const seconds = (performance.now() - began) / 1000;
    const cpuMicros = ((service.cpu() - before) * 1e6) / rows;
    return { perSecond: rows / seconds, peakMiB: service.peak(), uploadSeconds, cpuMicros };
  } finally {
    await service.stop();
    await own?.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function prepare(service: Service): Promise<{ issuer: string; achievementId: string }> {
  const { operatorKey } = service;
  const slug = 'specimen-batch';
  await service.json('POST', '/v1/institutions', operatorKey, { slug, profile: { name: 'SPECIMEN Batch' } });
  const asked = { institution: slug, role: 'issuer', label: 'bench' };
  const issuer = (await service.json('POST', '/v1/api-keys', operatorKey, asked)).secret as string;
  const achievement = {
    ...{ name: 'SPECIMEN Bench', description: 'A badge to measure with.', criteria: { narrative: 'Measured.' } },
    ...{ achievementType: 'MicroCredential', awardType: 'HeiMicroCredential', regime: 'CHED', pqfLevel: 6 },
    pqfLevelStatus: 'ProviderClaimed',
    credit: [{ system: 'HE-UNIT-18', value: '3', kind: 'lecture' }],
    assessmentType: ['Project'],
  };
  const { achievementId } = await service.json('POST', '/v1/achievements', issuer, { achievement });
  return { issuer, achievementId: achievementId as string };
}

/** As it would come from a file: in pieces, never whole. */
function classList(rows: number): Readable {
  function* pieces() {
    yield 'name,email,studentNumber,certificateNumber\n';
    for (let row = 1; row <= rows; ) {
      let piece = '';
      for (const end = Math.min(row + 500, rows + 1); row < end; row++) {
        piece += `Maria Niña Specimen ${row},m${row}@students.example,2026-${row},SPECIMEN-${row}\n`;
      }
      yield piece;
    }
  }
  return Readable.from(pieces(), { objectMode: false });
}

type Service = Awaited<ReturnType<typeof startService>>;

async function startService(directory: string, databaseUrl: string | undefined, flags: readonly string[]) {
  const port = newPort();
  const child = spawn(process.execPath, [...START_FLAGS, ...flags, join(ROOT, 'src', 'main.ts')], {
    env: {
      ...START_ENVIRONMENT,
      ...{ TATAK_DATA: directory, TATAK_PORT: String(port), TATAK_TLS_PORT: String(newPort()) },
      ...{ TATAK_LOG_LEVEL: 'error', NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'tatak') },
      ...(databaseUrl === undefined
        ? {}
        : { TATAK_DATABASE_URL: databaseUrl, TATAK_PASSPHRASE: 'only for measurements' }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  await new Promise<void>((done, reject) => {
    child.stdout.on('data', (chunk) => {
      said += String(chunk); appendFileSync('/tmp/b/gc.log', String(chunk));
      if (said.includes('Tatak is at')) done();
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  const status = (name: string) =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / MIB;
  return {
    operatorKey: /shown this once:\s+(\S+)/.exec(said)![1]!,
    rss: () => status('VmRSS'),
    /** Kept by the system, so that no peak falls between two looks. */
    peak: () => status('VmHWM'),
    /** Seconds of CPU so far, of all threads; the system counts in hundredths. */
    cpu() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    async json(method: string, path: string, key: string, body?: Readable | object): Promise<Record<string, unknown>> {
      const file = body instanceof Readable;
      const type = file ? 'text/csv' : 'application/json';
      const answer = await fetch(`http://localhost:${port}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': type } : {}) },
        ...(body
          ? { body: file ? (Readable.toWeb(body) as ReadableStream) : JSON.stringify(body), duplex: 'half' }
          : {}),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Record<string, unknown>;
    },
    async stop() {
      if (child.exitCode !== null) return;
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const option = (name: string) => process.argv.find((word) => word.startsWith(`--${name}=`))?.split('=')[1];
  const engine = option('engine') === 'postgres' ? 'postgres' : 'sqlite';
  const profile = option('profile');
  const figures = await measureBatch({
    ...{ engine, rows: Number(option('rows') ?? 10_000), say: console.log },
    ...(profile ? { flags: (profile as string).split(' ') } : {}),
  });
  console.log(JSON.stringify(figures));
}
