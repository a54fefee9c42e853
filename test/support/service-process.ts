import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Asking, ask, type HttpAnswer } from './ask.ts';
import { newPort } from './service.ts';
import { START_ENVIRONMENT, START_FLAGS } from './start-flags.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts');

/** The service as it is run, in a process and a directory of its own, on the embedded engine. */
export interface ServiceProcess {
  child: ChildProcess;
  port: number;
  operatorKey: string;
  /** What it wrote to standard output and error. */
  said(): string;
  ask(path: string, asking?: Asking): Promise<HttpAnswer>;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
  /** Ends it at once and removes its directory. */
  remove(): Promise<void>;
}

/** @param env settings over the defaults of a test */
export async function startProcess(env: Record<string, string> = {}): Promise<ServiceProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-process-'));
  const port = newPort();
  const child = spawn(process.execPath, [...START_FLAGS, MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...START_ENVIRONMENT,
      ...{ TATAK_PORT: String(port), TATAK_TLS_PORT: String(newPort()), TATAK_DATA: directory },
      ...{ TATAK_LOG_LEVEL: 'error', ...env },
    },
  });
  let said = '';
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  // Of a test that was stopped.
  const stop = () => child.kill('SIGKILL');
  process.once('exit', stop);
  await new Promise<void>((done, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said = (said + String(chunk)).slice(-1_000_000);
        if (said.includes('Tatak is at')) done();
      });
    }
    void ended.then((code) => reject(new Error(`the service ended with ${code}: ${said}`)));
  });
  return {
    ...{ child, port, ended, said: () => said },
    operatorKey: /Operator key, shown this once:\s+(\S+)/.exec(said)?.[1] ?? '',
    ask: (path, { headers, ...asking } = {}) =>
      ask({ host: '127.0.0.1', port }, path, {
        ...asking,
        headers: { ...(asking.body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      }),
    async remove() {
      stop();
      await ended;
      process.off('exit', stop);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** An institution with an issuer key and one definition, ready to issue. */
export async function issuingWorld(service: ServiceProcess, slug = 'specimen-college') {
  const post = async <T>(path: string, key: string, body: object): Promise<T> => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await service.ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.status >= 300) throw new Error(`${path} ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text) as T;
  };
  const profile = { name: 'SPECIMEN College' };
  await post('/v1/institutions', service.operatorKey, { slug, profile });
  const made = { institution: slug, role: 'issuer', label: 'test' };
  const { secret: key } = await post<{ secret: string }>('/v1/api-keys', service.operatorKey, made);
  const achievement = { name: 'SPECIMEN Course', description: 'D', criteria: { narrative: 'N' } };
  const { achievementId } = await post<{ achievementId: string }>('/v1/achievements', key, {
    ...{ achievement, extension: false },
  });
  return { key, achievementId, post };
}
