import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { type Asking, ask, type HttpAnswer } from './ask.ts';
import { COMPILED } from './start-flags.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
/** A second address of this machine: replicas have the ports of the one public address. */
const HOSTS = ['127.0.0.1', process.platform === 'linux' ? '127.0.0.2' : '::1'] as const;

/** The service in a process of its own, by its settings alone. */
export interface ReplicaProcess {
  /** Asks this one. @throws Error when it is not there, or dies before it has answered */
  ask(path: string, asking?: Omit<Asking, 'agent'>): Promise<HttpAnswer>;
  /** As when the machine loses power. */
  kill(): Promise<void>;
  /** Until it answers. */
  start(): Promise<void>;
  /** What the first of all prints once. */
  readonly operatorKey: string | undefined;
}

export interface ProcessOptions {
  /** Absent: the embedded database, which one process has for itself. */
  databaseUrl?: string;
  /** The program; by default that of `npm start`. */
  program?: string;
  port: number;
  tlsPort: number;
  /** Of all; each has a data directory in it. */
  directory: string;
  /** Connections to each at once. */
  connections: number;
}

/** Two of them on one database, not started. */
export function replicaProcesses(options: ProcessOptions): [ReplicaProcess, ReplicaProcess] {
  return [replicaProcess(options, 0), replicaProcess(options, 1)];
}

/** One of them, not started. */
export function replicaProcess(options: ProcessOptions, number: 0 | 1 = 0): ReplicaProcess {
  const { port, directory, databaseUrl, connections, program = MAIN } = options;
  const [host, data] = [HOSTS[number], join(directory, `replica-${number}`)];
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let child: ChildProcess | undefined;
  let operatorKey: string | undefined;
  const kill = async () => {
    const dying = child;
    child = undefined;
    if (!dying || dying.exitCode !== null) return;
    const dead = new Promise((done) => dying.once('exit', done));
    dying.kill('SIGKILL');
    await dead;
  };
  // Of a test that was stopped.
  process.once('exit', () => child?.kill('SIGKILL'));
  return {
    get operatorKey() {
      return operatorKey;
    },
    kill,
    async start() {
      mkdirSync(data, { recursive: true });
      const starting = spawn(process.execPath, ['--disable-proto=delete', program], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...COMPILED,
          TATAK_PUBLIC_URL: `http://localhost:${port}`,
          ...{ TATAK_HOST: host, TATAK_PORT: String(port), TATAK_TLS_PORT: String(options.tlsPort), TATAK_DATA: data },
          ...(databaseUrl === undefined ? {} : { TATAK_DATABASE_URL: databaseUrl }),
          ...{ TATAK_PASSPHRASE: 'one passphrase for all replicas', TATAK_LOG_LEVEL: 'error' },
        },
      });
      child = starting;
      let said = '';
      await new Promise<void>((done, reject) => {
        const listen = (chunk: unknown) => {
          said = (said + String(chunk)).slice(-20_000);
          if (said.includes('Tatak is at')) done();
        };
        for (const stream of [starting.stdout, starting.stderr]) stream.on('data', listen);
        starting.once('exit', (code) => reject(new Error(`the replica ended with ${code}: ${said}`)));
      });
      operatorKey ??= /Operator key, shown this once:\s+(\S+)/.exec(said)?.[1];
    },
    ask: (path, asking) => ask({ host, port }, path, { ...asking, agent }),
  };
}
