/**
 * How many credentials a second one service issues when each comes by a request of its own over HTTP, from 16 connections:
 * durable, indexed, checked by itself and in the log, before it is answered. The callers run on the same cores.
 * By itself: `node test/bench/http-issue.ts [--requests=N] [--accredited] [--profile=DIRECTORY] [--without-proofs]`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { START_ENVIRONMENT, START_FLAGS } from '../support/start-flags.ts';
import type { Load, LoadResult } from './issuing/load.ts';
import { messageOf } from './message.ts';

export interface HttpIssueFigures {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** CPU of each process while it was measured, milliseconds a credential. */
  serviceCpuMs: number;
  callersCpuMs: number;
  /** Requests that were refused because the machine was busy with something else; a figure with many says little. */
  shed: number;
}

export interface HttpIssueOptions {
  requests?: number;
  warm?: number;
  connections?: number;
  /** The institution is accredited through an authority by a trust anchor, and asked about each time. */
  accredited?: boolean;
  /** Where a CPU profile of the service is written. */
  profile?: string;
  /** Neither signed nor checked: what is left is everything else. No figure of the service. */
  withoutProofs?: boolean;
}

/** Uncounted: for about so many the platform goes on compiling, a tenth of all it does; a service runs for longer. */
const WARM = 8_000;

const ACHIEVEMENT = {
  name: 'SPECIMEN Data Literacy',
  description: 'Reads, questions and presents data of a local government unit.',
  criteria: { narrative: 'A graded project, presented to a panel.' },
  achievementType: 'MicroCredential',
  awardType: 'HeiMicroCredential',
  regime: 'CHED',
  pqfLevel: 6,
  pqfLevelStatus: 'ProviderClaimed',
  credit: [{ system: 'HE-UNIT-18', value: '3', kind: 'lecture' }],
  assessmentType: ['Project'],
};

const here = (file: string) => join(import.meta.dirname, file);

/** Clock ticks of user and system time are hundredths of a second. */
function cpuMsOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function startService(directory: string, port: number, options: HttpIssueOptions, anchors?: string) {
  const { profile, withoutProofs } = options;
  const child = fork(here('issuing/service.ts'), [], {
    execArgv: [
      ...START_FLAGS,
      ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
      ...(withoutProofs ? ['--import', here('issuing/without-proofs.ts')] : []),
    ],
    env: {
      ...START_ENVIRONMENT,
      TATAK_DATA: directory,
      TATAK_PORT: String(port),
      TATAK_TLS_PORT: String(port + 1),
      TATAK_LOG_LEVEL: 'info',
      ...(anchors === undefined ? {} : { TATAK_TRUST_ANCHORS: anchors }),
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return { child, ...(await messageOf<{ publicUrl: string; operatorKey?: string }>(child)) };
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

export async function measureHttpIssue(options: HttpIssueOptions = {}): Promise<HttpIssueFigures> {
  const { requests = 10_000, warm = WARM, connections = 16, accredited = false } = options;
  const directory = mkdtempSync(join(tmpdir(), 'tatak-bench-issue-'));
  const port = 20_800 + (process.pid % 300) * 2;
  const anchors = accredited ? `did:web:localhost%3A${port + 1}:institutions:specimen-council` : undefined;
  const service = await startService(directory, port, options, anchors);
  try {
    return await measure(service, { port, requests, warm, connections, accredited });
  } finally {
    await stop(service.child);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(
  service: Awaited<ReturnType<typeof startService>>,
  { accredited, ...load }: Pick<Load, 'port' | 'requests' | 'warm' | 'connections'> & { accredited: boolean },
): Promise<HttpIssueFigures> {
  const post = async <T>(path: string, key: string, body: object): Promise<T> => {
    const answer = await fetch(`${service.publicUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as T;
  };
  const operator = service.operatorKey!;
  const institution = (slug: string) =>
    post<{ did: string }>('/v1/institutions', operator, { slug, profile: { name: `SPECIMEN ${slug}` } });
  const keyOf = async (slug: string, role: string) => {
    const body = { institution: slug, role, label: 'bench' };
    return (await post<{ secret: string }>('/v1/api-keys', operator, body)).secret;
  };
  const { did } = await institution('specimen-school');
  const key = await keyOf('specimen-school', 'issuer');
  if (accredited) await accredit(institution, keyOf, post, did);
  const { achievementId } = await post<{ achievementId: string }>('/v1/achievements', key, {
    achievement: ACHIEVEMENT,
  });

  const callers = fork(here('issuing/load.ts'), [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  callers.send({ ...load, key, achievementId } satisfies Load);
  await messageOf(callers);
  const before = cpuMsOf(service.child);
  const { seconds, times, cpuMs, shed } = await messageOf<LoadResult>(callers);
  const serviceCpuMs = (cpuMsOf(service.child) - before) / load.requests;
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  return {
    perSecond: load.requests / seconds,
    ...{ p50Ms: at(0.5), p99Ms: at(0.99) },
    ...{ serviceCpuMs, callersCpuMs: cpuMs / load.requests },
    shed,
  };
}

async function accredit(
  institution: (slug: string) => Promise<{ did: string }>,
  keyOf: (slug: string, role: string) => Promise<string>,
  post: <T>(path: string, key: string, body: object) => Promise<T>,
  school: string,
): Promise<void> {
  await institution('specimen-council');
  const authority = await institution('specimen-authority');
  const grant = { verb: 'accredit', validFrom: '2026-01-01', scope: [{ awardType: ['HeiMicroCredential'] }] };
  for (const [slug, accredited, role] of [
    ['specimen-council', authority.did, 'Accredit'],
    ['specimen-authority', school, 'Award'],
  ] as const) {
    await post('/v1/accreditations', await keyOf(slug, 'authority'), { ...grant, accredited, role });
  }
}

if (process.argv[1] === import.meta.filename) {
  const option = (name: string) => process.argv.find((word) => word.startsWith(`--${name}`))?.split('=');
  const profile = option('profile')?.[1];
  const requests = option('requests')?.[1];
  const figures = await measureHttpIssue({
    accredited: option('accredited') !== undefined,
    withoutProofs: option('without-proofs') !== undefined,
    ...(profile === undefined ? {} : { profile }),
    ...(requests === undefined ? {} : { requests: Number(requests), warm: Math.ceil(Number(requests) / 5) }),
  });
  for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(13)} ${value.toFixed(3)}`);
}
