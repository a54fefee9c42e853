import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

const SRC = join(import.meta.dirname, '..', '..');
/** What `npm start` compiled before, and the other way round. */
const COMPILED = { NODE_COMPILE_CACHE: join(SRC, '..', 'node_modules', '.cache', 'tatak') };

export interface Instance {
  url: string;
  didOrigin: string;
  /** PEM file of its loopback certificate. */
  certificate: string;
  /** Printed at the first start. */
  operatorKey?: string;
  stop(): Promise<void>;
}

interface Ports {
  port: number;
  tlsPort: number;
}

/** The wanted ports when they are free, else any two. */
export async function choosePorts(wanted: Ports): Promise<Ports> {
  const free = async (port: number) =>
    new Promise<number | undefined>((done) => {
      const probe = createServer();
      probe.once('error', () => done(undefined));
      probe.listen(port, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => done(typeof address === 'object' && address ? address.port : undefined));
      });
    });
  const port = (await free(wanted.port)) ?? (await free(0));
  const tlsPort = (await free(wanted.tlsPort)) ?? (await free(0));
  if (!port || !tlsPort) throw new Error('no free port on this machine');
  return { port, tlsPort };
}

function settings(ports: Ports, data: string, anchor: string): Record<string, string> {
  return {
    TATAK_PUBLIC_URL: `http://localhost:${ports.port}`,
    TATAK_PORT: String(ports.port),
    TATAK_TLS_PORT: String(ports.tlsPort),
    TATAK_DATA: data,
    TATAK_TRUST_ANCHORS: anchor,
    TATAK_LOG_LEVEL: 'warn',
  };
}

/** The service, started as an operator would start it. */
export async function startService(ports: Ports, data: string, anchor: string): Promise<Instance> {
  return start([join(SRC, 'main.ts')], ports, data, settings(ports, data, anchor));
}

/** The employer's instance, told where the first one is on this machine and which certificate is its own. */
export async function startEmployer(ports: Ports, data: string, anchor: string, first: Instance): Promise<Instance> {
  const argument = {
    env: settings(ports, data, anchor),
    origins: [first.url, first.didOrigin],
    certificate: first.certificate,
  };
  return start([join(SRC, 'cli', 'demo', 'employer.ts'), JSON.stringify(argument)], ports, data, {});
}

async function start(args: string[], ports: Ports, data: string, env: Record<string, string>): Promise<Instance> {
  const child = spawn(process.execPath, ['--disable-proto=delete', ...args], {
    env: { ...COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = await ready(child);
  const operatorKey = /tatak_[0-9a-z]+_[A-Za-z0-9_-]{43}/.exec(output)?.[0];
  return {
    url: `http://localhost:${ports.port}`,
    didOrigin: `https://localhost:${ports.tlsPort}`,
    certificate: join(data, 'loopback-certificate.pem'),
    ...(operatorKey ? { operatorKey } : {}),
    stop: () => stop(child),
  };
}

function ready(child: ChildProcess): Promise<string> {
  return new Promise((done, reject) => {
    let output = '';
    child.stdout!.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes('Tatak is at')) done(output);
    });
    child.once('exit', (code) => reject(new Error(`an instance ended with ${code} before it was ready`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  return ended.finally(() => clearTimeout(late));
}
