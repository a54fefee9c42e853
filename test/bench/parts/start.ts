/** Start-up and idle memory of the service as `npm start` runs it, in an empty directory. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newPort } from '../../support/service.ts';
import { START_ENVIRONMENT, START_FLAGS } from '../../support/start-flags.ts';
import type { Measured } from '../figures.ts';
import { median } from '../timing.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
/** `npm start` also keeps compiled code from one start to the next. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'tatak-bench');
const IDLE_MS = 3_000;

export async function start(): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-bench-'));
  // It is shown beside the others, not hidden among them.
  rmSync(CACHE, { recursive: true, force: true });
  const first = await startOnce(directory);
  const runs = [await startOnce(directory), await startOnce(directory), await startOnce(directory)];
  rmSync(directory, { recursive: true, force: true });
  return {
    'start.ms': median(runs.map(({ ms }) => ms)),
    'start.first.ms': first.ms,
    'idle.rssMiB': median(runs.map(({ rssMiB }) => rssMiB)),
  };
}

/** The service as a process. @param more settings @returns milliseconds until it answered as healthy, too */
export async function startService(directory: string, more: Record<string, string> = {}) {
  const [port, tlsPort] = [newPort(), newPort()];
  const began = performance.now();
  const child = spawn(process.execPath, [...START_FLAGS, join(ROOT, 'src', 'main.ts')], {
    env: {
      ...START_ENVIRONMENT,
      ...{ TATAK_DATA: directory, TATAK_PORT: String(port), TATAK_TLS_PORT: String(tlsPort) },
      ...{ TATAK_LOG_LEVEL: 'silent', NODE_COMPILE_CACHE: CACHE },
      ...more,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((done, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('Tatak is at') && done());
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  const health = await fetch(`http://localhost:${port}/health`);
  if (!health.ok) throw new Error(`health answered ${health.status}`);
  const ms = performance.now() - began;
  const stop = async () => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  };
  return { pid: child.pid!, port, ms, stop };
}

export async function startOnce(directory: string): Promise<{ ms: number; rssMiB: number }> {
  const { pid, ms, stop } = await startService(directory);
  await new Promise((later) => setTimeout(later, IDLE_MS));
  const rssMiB = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
  await stop();
  return { ms, rssMiB };
}
