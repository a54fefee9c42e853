import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS, systemClock } from '#kernel';
import { createGuardedFetch, type FetchedDocument, type GuardedFetchOptions } from '#net';
import { outcomeOf } from './outcome.ts';

const ANY = { accept: '*/*' };
const bomb = Buffer.alloc(1 << 20);

/** What the server on this machine does for each path. */
const BEHAVIOUR: Record<string, (response: ServerResponse, request: IncomingMessage) => unknown> = {
  '/ok': (response) => response.setHeader('content-type', 'Application/JSON; charset=utf-8').end('{}'),
  '/bare': (response) => response.end('x'),
  '/missing': (response) => response.writeHead(404).end('no'),
  '/echo': (response, request) => response.end(JSON.stringify(request.headers)),
  '/hop1': (response) => response.writeHead(302, { location: '/ok' }).end(),
  '/hop2': (response) => response.writeHead(308, { location: '/hop1' }).end(),
  '/hop3': (response) => response.writeHead(301, { location: '/hop2' }).end(),
  '/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
  '/not-a-redirect': (response) => response.writeHead(300, { location: 'http://169.254.169.254/' }).end('choices'),
  '/metadata': (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  '/private': (response) => response.writeHead(307, { location: 'https://10.0.0.1/' }).end(),
  '/file': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/other-port': (response) => response.writeHead(302, { location: 'http://localhost:1/' }).end(),
  '/credentials': (response) => response.writeHead(302, { location: 'https://a:b@example.org/' }).end(),
  '/nowhere': (response) => response.writeHead(302, { location: 'https://[' }).end(),
  '/own': (response) => response.writeHead(302, { location: 'https://own.example/a' }).end(),
  '/declared': (response) => response.writeHead(200, { 'content-length': 10 * 2 ** 30 }).write('x'),
  '/endless': (response) => pump(response),
  '/gzip': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(bomb)),
  '/brotli': (response) => response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync(bomb)),
  '/deflate': (response) => response.writeHead(200, { 'content-encoding': 'Deflate' }).end(deflateSync(bomb)),
  '/twice': (response) => response.writeHead(200, { 'content-encoding': 'identity, gzip' }).end(gzipSync(bomb)),
  '/identity': (response) => response.writeHead(200, { 'content-encoding': 'Identity' }).end('plain'),
  '/headers': (response) => response.writeHead(200, { 'x-long': 'a'.repeat(2 * LIMITS.headerBytes) }).end('x'),
  '/cut': (response) => response.writeHead(200, { 'content-length': 100 }).write('x', () => response.destroy()),
  '/silent': () => {},
  '/drip': (response) => {
    const timer = setInterval(() => response.write('x'), 50);
    response.on('close', () => clearInterval(timer));
  },
  '/drip-redirect': (response) => setTimeout(() => response.writeHead(302, { location: '/silent' }).end(), 150),
};

function pump(response: ServerResponse): void {
  const chunk = Buffer.alloc(64 * 1024);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

describe('answers of a server on this machine', () => {
  let server: Server;
  let origin: string;
  let hits: string[] = [];
  let running = 0;
  let most = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '/';
      hits.push(path);
      most = Math.max(most, ++running);
      response.on('close', () => running--);
      if (path.startsWith('/later/')) setTimeout(() => response.end('x'), 30);
      else BEHAVIOUR[path]!(response, request);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const make = (more: Partial<GuardedFetchOptions> = {}) =>
    createGuardedFetch({
      clock: systemClock,
      loopbackOrigins: [{ origin }],
      timeoutMs: 400,
      resolve: async () => ['127.0.0.1'],
      ...more,
    });
  const outcome = (path: string, more?: Partial<GuardedFetchOptions>) => outcomeOf(make(more)(origin + path, ANY));

  it('returns bytes, media type, status and time', async () => {
    const clock = { now: () => new Date('2026-11-24T01:02:03.456Z') };
    const answer = await make({ clock })(`${origin}/ok`, ANY);
    expect(answer).toMatchObject({
      url: `${origin}/ok`,
      status: 200,
      contentType: 'application/json',
      fetchedAt: '2026-11-24T01:02:03Z',
    });
    expect(Buffer.from(answer.bytes).toString()).toBe('{}');
    expect(await make()(`${origin}/bare`, ANY)).toMatchObject({ contentType: '' });
    expect(await make()(`${origin}/missing`, ANY)).toMatchObject({ status: 404 });
    expect(await make()(`${origin}/not-a-redirect`, ANY)).toMatchObject({ status: 300 });
    expect(Buffer.from((await make()(`${origin}/identity`, ANY)).bytes).toString()).toBe('plain');
  });

  it('asks for one thing only, and says nothing of the machine', async () => {
    const { bytes } = await make()(`${origin}/echo`, { accept: 'a/b' });
    expect(JSON.parse(Buffer.from(bytes).toString())).toEqual({
      accept: 'a/b',
      'accept-encoding': 'identity',
      connection: 'close',
      host: origin.slice('http://'.length),
      'user-agent': 'tatak',
    });
  });

  it.each([
    ['/hop3', 'redirect'],
    ['/loop', 'redirect'],
    ['/nowhere', 'redirect'],
    ['/metadata', 'fetch-refused'],
    ['/private', 'fetch-refused'],
    ['/file', 'fetch-refused'],
    ['/other-port', 'fetch-refused'],
    ['/credentials', 'fetch-refused'],
    ['/declared', 'too-large'],
    ['/gzip', 'encoding'],
    ['/brotli', 'encoding'],
    ['/deflate', 'encoding'],
    ['/twice', 'encoding'],
    ['/headers', 'connect'],
    ['/cut', 'connect'],
    ['/silent', 'timeout'],
    ['/drip', 'timeout'],
    ['/drip-redirect', 'timeout'],
  ])('%s ends with %s (SS-3, SS-4)', async (path, code) => {
    expect(await outcome(path)).toBe(code);
  });

  it('cuts an endless answer at the cap, with little memory (SS-4)', async () => {
    const before = process.memoryUsage().arrayBuffers;
    expect(await outcome('/endless', { timeoutMs: 3_000 })).toBe('too-large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 2 ** 20);
    const small = make()(`${origin}/ok`, { ...ANY, maxBytes: 1 });
    expect(await outcomeOf(small)).toBe('too-large');
    expect((await make()(`${origin}/ok`, { ...ANY, maxBytes: 2 })).bytes).toHaveLength(2);
  });

  it('follows two redirects and names where they ended', async () => {
    expect((await make()(`${origin}/hop2`, ANY)).url).toBe(`${origin}/ok`);
  });

  it('refuses the same port under a name that is not listed, and a listed name that resolves elsewhere', async () => {
    expect(await outcomeOf(make()(origin.replace('localhost', '127.0.0.1'), ANY))).toBe('fetch-refused');
    expect(await outcome('/ok', { resolve: async () => ['93.184.216.34'] })).toBe('fetch-refused');
  });

  it('runs at most four at once for one host', async () => {
    most = 0;
    const fetch = make({ timeoutMs: 3_000 });
    await Promise.all(Array.from({ length: 20 }, (_, n) => fetch(`${origin}/later/${n}`, ANY)));
    expect(most).toBe(LIMITS.verifyParallelFetches);
  });

  it('spends the budget of the verification (SS-6)', async () => {
    let left = 4;
    const budget = { take: () => left-- > 0, remainingMs: () => 10_000 };
    hits = [];
    const fetch = make({ timeoutMs: 3_000 });
    const codes = await Promise.all(
      Array.from({ length: 100 }, () => outcomeOf(fetch(`${origin}/ok`, { ...ANY, budget }))),
    );
    expect(codes.filter((code) => code === 'budget')).toHaveLength(96);
    expect(hits).toHaveLength(4);
  });

  it('does not ask again for a moment what gave no answer, and only that', async () => {
    let now = 0;
    const fetch = make({ clock: { now: () => new Date(now) }, timeoutMs: 1_000 });
    hits = [];
    for (let n = 0; n < 3; n++) expect(await outcomeOf(fetch(`${origin}/cut`, ANY))).toBe('connect');
    expect(await outcomeOf(fetch(`${origin}/ok`, ANY))).toBe('answered');
    expect(hits).toEqual(['/cut', '/ok']);
    now = 5_000;
    await outcomeOf(fetch(`${origin}/cut`, ANY));
    expect(hits).toEqual(['/cut', '/ok', '/cut']);
    // Status 404 and answers of the wrong kind are answers.
    for (let n = 0; n < 2; n++) await outcomeOf(fetch(`${origin}/missing`, ANY));
    for (let n = 0; n < 2; n++) await outcomeOf(fetch(`${origin}/gzip`, ANY));
    expect(hits.slice(3)).toEqual(['/missing', '/missing', '/gzip', '/gzip']);
  });

  it('holds a failure to connect against the whole host', async () => {
    const dead = createServer();
    await new Promise<void>((done) => dead.listen(0, '127.0.0.1', done));
    const gone = `http://localhost:${(dead.address() as AddressInfo).port}`;
    await new Promise((done) => dead.close(done));
    let resolved = 0;
    const fetch = make({
      loopbackOrigins: [{ origin: gone }],
      resolve: async () => {
        resolved++;
        return ['127.0.0.1'];
      },
    });
    for (const path of ['/a', '/b', '/c']) expect(await outcomeOf(fetch(gone + path, ANY))).toBe('connect');
    expect(resolved).toBe(1);
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'],
    ['a length said twice', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n',
    ],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nx'],
  ])('%s is no answer', async (_, text) => {
    const raw = createTcpServer((socket) => socket.on('error', () => {}).once('data', () => socket.end(text)));
    await new Promise<void>((done) => raw.listen(0, '127.0.0.1', done));
    const at = `http://localhost:${(raw.address() as AddressInfo).port}`;
    expect(await outcomeOf(make({ loopbackOrigins: [{ origin: at }] })(at, ANY))).toBe('connect');
    raw.close();
  });

  describe('own addresses', () => {
    const document: FetchedDocument = {
      url: 'https://own.example/a',
      status: 200,
      contentType: 'a/b',
      bytes: new Uint8Array(),
      fetchedAt: '2026-11-24T00:00:00Z',
    };
    const local = async (url: string) => (url.startsWith('https://own.example/') ? document : undefined);
    const budget = { take: () => false, remainingMs: () => 0 };

    it('are answered without a socket and without the budget, also when a redirect leads there', async () => {
      expect(await make({ local })('https://own.example/a', { ...ANY, budget })).toBe(document);
      expect(await make({ local })(`${origin}/own`, ANY)).toBe(document);
      expect(await outcome('/own')).toBe('fetch-refused');
    });
  });
});
