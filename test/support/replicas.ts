import { copyFileSync, mkdtempSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect, createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble, type Overrides, readConfig, readSecrets } from '#app';
import { newPort, serviceOf, type TestService } from './service.ts';
import { UNLIMITED } from './unlimited-requests.ts';

/** Several assembled services on one database, behind one public address. */
export interface Replicas {
  /** Each has its own ports and data directory. `call` asks that one. */
  all: TestService[];
  /** Requests to it go to each of them in turn, as behind a balancer. */
  publicUrl: string;
  operatorKey: string;
  /** Starts one more on the same database. */
  add(overrides?: Overrides): Promise<TestService>;
  close(): Promise<void>;
}

export interface ReplicaOptions {
  /** Of the database, from `usePostgres`. */
  databaseUrl: string;
  /** Default 2. */
  count?: number;
  /** Of every one; `each` further ones by number. */
  overrides?: Overrides;
  each?: readonly Overrides[];
  env?: Record<string, string>;
}

/**
 * What replicas share: the database, with the keys and what opens them; the passphrase; the public address. What each has of
 * its own: a data directory, and listeners. The certificate of the loopback listener is copied, because clients trust one.
 */
export async function openReplicas(options: ReplicaOptions): Promise<Replicas> {
  const { databaseUrl, count = 2, env = {} } = options;
  const [publicPort, publicTlsPort] = [newPort(), newPort()];
  const publicUrl = `http://localhost:${publicPort}`;
  const all: TestService[] = [];
  const targets: { port: number; tlsPort: number }[] = [];
  let operatorKey = '';

  async function add(more: Overrides = {}): Promise<TestService> {
    const directory = mkdtempSync(join(tmpdir(), 'tatak-replica-'));
    const settings = {
      TATAK_PUBLIC_URL: publicUrl,
      TATAK_PORT: String(newPort()),
      // DIDs name the public one.
      TATAK_TLS_PORT: String(publicTlsPort),
      TATAK_DATA: directory,
      TATAK_DATABASE_URL: databaseUrl,
      TATAK_PASSPHRASE: 'one passphrase for all replicas',
      TATAK_LOG_LEVEL: 'silent',
      ...env,
    };
    for (const name of ['loopback-certificate.pem', 'loopback-key.pem']) {
      if (all[0]) copyFileSync(join(all[0].directory, name), join(directory, name));
    }
    const config = { ...readConfig(settings), tlsPort: newPort() };
    const app = await assemble(config, readSecrets(settings, config), {
      ...UNLIMITED,
      ...options.overrides,
      ...more,
    });
    const started = await app.start();
    operatorKey ||= started.operatorKey ?? '';
    const service = serviceOf(app, { directory, publicUrl, operatorKey });
    targets.push(config);
    all.push(service);
    return service;
  }

  for (let number = 0; number < count; number++) await add(options.each?.[number]);
  let turn = 0;
  const next = () => targets[turn++ % targets.length]!;
  const balancers = [
    await listening(
      createBalancer(() => next().port),
      publicPort,
    ),
    await listening(
      createTunnel(() => next().tlsPort),
      publicTlsPort,
    ),
  ];
  return {
    all,
    publicUrl,
    get operatorKey() {
      return operatorKey;
    },
    add,
    async close() {
      for (const balancer of balancers) balancer.close();
      await Promise.all(all.map((service) => service.close()));
    },
  };
}

/** Every request to the next one, whatever connection it came by. */
function createBalancer(port: () => number): Server {
  return createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const to = request({ host: '127.0.0.1', port: port(), method, path: url, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    to.once('error', () => outgoing.destroy());
    incoming.pipe(to);
  });
}

/** Every connection to the next one, unread. */
function createTunnel(port: () => number): Server {
  return createTcpServer((incoming) => {
    const to = connect({ host: '127.0.0.1', port: port() });
    for (const side of [incoming, to]) side.once('error', () => [incoming, to].map((one) => one.destroy()));
    incoming.pipe(to).pipe(incoming);
  });
}

function listening(server: Server, port: number): Promise<Server> {
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
