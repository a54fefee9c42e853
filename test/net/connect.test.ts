import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#kernel';
import { createGuardedFetch, type GuardedFetchOptions, publicAddressesOnly } from '#net';
import { loadOrCreateLoopbackCertificate } from '../../src/app/loopback-tls.ts';
import { openSocket } from '../../src/net/connect.ts';
import { outcomeOf } from './outcome.ts';

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** @returns the port; the sockets are destroyed when the test ends */
async function listen<S extends Server>(server: S): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  open.push({
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

describe('rebinding (SS-2)', () => {
  it('a name that alternates between a public and a private address never gets a connection', async () => {
    let connections = 0;
    const port = await listen(createTcpServer(() => connections++));
    let turn = 0;
    const answers = [['127.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['127.0.0.1', '93.184.216.34'], ['::1'], []];
    const to = { url: new URL('http://rebind.example/'), host: 'rebind.example', port, secure: false };
    for (let n = 0; n < 1_000; n++) {
      const resolve = async () => answers[turn++ % answers.length]!;
      const work = openSocket({ ...to, policy: publicAddressesOnly }, { resolve, signal: AbortSignal.timeout(5_000) });
      expect(await outcomeOf(work)).toBe('fetch-refused');
    }
    expect([turn, connections]).toEqual([1_000, 0]);
  });

  it('the name is asked once for a connection: what was checked is what is connected', async () => {
    const port = await listen(createTcpServer());
    const asked: string[] = [];
    const seen: unknown[] = [];
    const socket = await openSocket(
      { url: new URL('http://name.example/'), host: 'name.example', port, secure: false, policy: () => true },
      {
        resolve: async (host) => (asked.push(host) === 1 ? ['127.0.0.1'] : ['10.0.0.1']),
        signal: AbortSignal.timeout(5_000),
        onConnect: (connection) => seen.push(connection),
      },
    );
    expect(socket.remoteAddress).toBe('127.0.0.1');
    expect(asked).toEqual(['name.example']);
    expect(seen).toEqual([{ host: 'name.example', address: '127.0.0.1', port }]);
    socket.destroy();
  });

  it('the connected address is checked once more before a byte is written', async () => {
    let received = 0;
    const port = await listen(
      createTcpServer((socket) => socket.on('data', (chunk) => (received += chunk.length)).on('error', () => {})),
    );
    let checks = 0;
    const work = openSocket(
      { url: new URL('http://name.example/'), host: 'name.example', port, secure: false, policy: () => ++checks === 1 },
      { resolve: async () => ['127.0.0.1'], signal: AbortSignal.timeout(5_000) },
    );
    expect(await outcomeOf(work)).toBe('fetch-refused');
    expect([checks, received]).toEqual([2, 0]);
  });

  it('tries the next address when the first one is dead', async () => {
    const port = await listen(createTcpServer());
    const socket = await openSocket(
      { url: new URL('http://name.example/'), host: 'name.example', port, secure: false, policy: () => true },
      { resolve: async () => ['127.7.7.7', '127.0.0.1'], signal: AbortSignal.timeout(5_000) },
    );
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
  });
});

describe('TLS', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-net-'));
  let certificate: { key: string; cert: string };
  beforeAll(async () => {
    certificate = await loadOrCreateLoopbackCertificate({ directory, clock: systemClock });
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const client = (origin: string, more: Partial<GuardedFetchOptions> = {}, ca?: string) =>
    createGuardedFetch({
      clock: systemClock,
      loopbackOrigins: [ca ? { origin, ca } : { origin }],
      timeoutMs: 400,
      resolve: async () => ['127.0.0.1'],
      ...more,
    });
  const serve = () => listen(createTlsServer(certificate, (_, response) => response.end('hello')));

  it('takes a certificate that is trusted and names the host; without trust there is no answer', async () => {
    const port = await serve();
    for (const host of ['localhost', '127.0.0.1']) {
      const origin = `https://${host}:${port}`;
      const answer = await client(origin, {}, certificate.cert)(`${origin}/x`, { accept: '*/*' });
      expect(Buffer.from(answer.bytes).toString()).toBe('hello');
      expect(await outcomeOf(client(origin)(`${origin}/x`, { accept: '*/*' }))).toBe('tls');
    }
  });

  it('does not look at the environment when it decides on trust', async () => {
    const port = await serve();
    const origin = `https://localhost:${port}`;
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      expect(await outcomeOf(client(origin)(origin, { accept: '*/*' }))).toBe('tls');
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    }
  });

  it('refuses a certificate for another name', async () => {
    const port = await serve();
    const to = { url: new URL('https://other.example/'), host: 'other.example', port, secure: true };
    const work = openSocket(
      { ...to, policy: () => true, ca: certificate.cert },
      { resolve: async () => ['127.0.0.1'], signal: AbortSignal.timeout(5_000) },
    );
    expect(await outcomeOf(work)).toBe('tls');
  });

  it.each([
    ['says nothing', () => {}, 'timeout'],
    ['hangs up', (socket: Socket) => socket.end(), 'tls'],
    // Whether the reset comes before or after the connection is reported is a matter of luck.
    ['resets', (socket: Socket) => socket.resetAndDestroy(), 'tls connect'],
    ['speaks plain HTTP', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'), 'tls'],
  ] as const)('a server that %s', async (_, behave, code) => {
    const port = await listen(createTcpServer((socket) => behave(socket.on('error', () => {}))));
    const origin = `https://localhost:${port}`;
    expect(code.split(' ')).toContain(await outcomeOf(client(origin)(origin, { accept: '*/*' })));
  });

  it('no redirect leads from https to http, even to a listed origin (SS-3)', async () => {
    let plainHits = 0;
    const plainPort = await listen(createTcpServer(() => plainHits++));
    const plain = `http://localhost:${plainPort}`;
    const port = await listen(
      createTlsServer(certificate, (_, response) => response.writeHead(301, { location: plain }).end()),
    );
    const origin = `https://localhost:${port}`;
    const fetch = client(origin, { loopbackOrigins: [{ origin, ca: certificate.cert }, { origin: plain }] });
    expect(await outcomeOf(fetch(origin, { accept: '*/*' }))).toBe('fetch-refused');
    expect(plainHits).toBe(0);
  });
});

describe('the wall of time', () => {
  it('stands for a resolver that does not answer', async () => {
    const fetch = createGuardedFetch({ clock: systemClock, timeoutMs: 100, resolve: () => new Promise(() => {}) });
    expect(await outcomeOf(fetch('https://slow.example/', { accept: '*/*' }))).toBe('timeout');
  });

  it('stands for those who wait in the queue of a host', async () => {
    const port = await listen(createTcpServer((socket) => socket.on('error', () => {})));
    const origin = `http://localhost:${port}`;
    const fetch = createGuardedFetch({
      clock: systemClock,
      loopbackOrigins: [{ origin }],
      timeoutMs: 200,
      resolve: async () => ['127.0.0.1'],
    });
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => outcomeOf(fetch(`${origin}/${n}`, { accept: '*/*' }))),
    );
    expect(codes).toEqual(Array(20).fill('timeout'));
  });

  it('a verification that has less time left ends as budget, and that is remembered by nobody', async () => {
    let hits = 0;
    const port = await listen(
      createTcpServer((socket) => {
        hits++;
        socket.on('error', () => {});
      }),
    );
    const origin = `http://localhost:${port}`;
    const fetch = createGuardedFetch({
      clock: systemClock,
      loopbackOrigins: [{ origin }],
      timeoutMs: 300,
      resolve: async () => ['127.0.0.1'],
    });
    const budget = { take: () => true, remainingMs: () => 50 };
    expect(await outcomeOf(fetch(origin, { accept: '*/*', budget }))).toBe('budget');
    expect(await outcomeOf(fetch(origin, { accept: '*/*' }))).toBe('timeout');
    expect(hits).toBe(2);
  });
});
