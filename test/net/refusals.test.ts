import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS, Problem } from '#kernel';
import { createGuardedFetch, type GuardedFetchOptions, loopbackOnly } from '#net';
import { createFailures } from '../../src/net/failures.ts';
import { createGate } from '../../src/net/gate.ts';

const ANY = { accept: '*/*' };
const clock = { now: () => new Date('2026-11-24T01:00:00Z') };
const problemOf = async (work: Promise<unknown>): Promise<{ kind: string; detail: string; code: unknown }> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Problem);
  const { kind, message, extensions } = error as Problem;
  return { kind, detail: message, code: extensions.code };
};

describe('an address is refused for what it is, before its name is looked up', () => {
  // The resolver would give a public address for each: only the address itself is wrong.
  const ADDRESSES: [string, string][] = [
    [`https://example.org/${'a'.repeat(LIMITS.urlBytes)}`, 'too long'],
    ['example.org', 'not an absolute address'],
    ['https://', 'not an absolute address'],
    ['https://user@example.org/', 'user name or password'],
    ['https://:secret@example.org/', 'user name or password'],
    ['https://user:secret@example.org/', 'user name or password'],
    ['http://example.org/', 'only https'],
    ['ftp://example.org/', 'only https'],
    ['https://example.org:444/', 'only port 443'],
    ['https://example.org:80/', 'only port 443'],
    ['https://example.org./', 'trailing dot'],
    ['https://printer/', 'without a dot'],
    ['https://10.0.0.1/', 'not on the public internet'],
    ['https://[fd00::1]/', 'not on the public internet'],
  ];

  it.each(ADDRESSES)('%s', async (url, why) => {
    const resolved: string[] = [];
    const fetch = createGuardedFetch({
      clock,
      resolve: async (host) => {
        resolved.push(host);
        throw new Error('the name was looked up');
      },
    });
    const { kind, detail } = await problemOf(fetch(url, ANY));
    expect([kind, detail]).toEqual(['fetch-refused', expect.stringContaining(why)]);
    expect(resolved).toEqual([]);
  });

  it('the longest address that is allowed is looked up, and so is one with the port of https in it', async () => {
    for (const url of [
      `https://example.org/${'a'.repeat(LIMITS.urlBytes - 20)}`,
      'https://example.org:443/',
      'https://.example.org/',
    ]) {
      const resolved: string[] = [];
      const fetch = createGuardedFetch({
        clock,
        resolve: async (host) => {
          resolved.push(host);
          return [];
        },
      });
      const { kind, detail } = await problemOf(fetch(url, ANY));
      expect([kind, detail]).toEqual(['fetch-refused', 'the host has a refused address']);
      expect(resolved).toHaveLength(1);
    }
  });

  it('an address of this machine is only that', () => {
    for (const text of ['', 'localhost', '10.0.0.1', '1.2.3', '::2', '127.0.0.1.example'])
      expect(loopbackOnly(text), text).toBe(false);
  });

  it('a guard that is missing is named', () => {
    expect(() => createGuardedFetch({ clock, policy: undefined as never })).toThrow('an address policy is required');
    expect(() => createGuardedFetch({ clock, loopbackOrigins: [{ origin: 'https://example.org' }] })).toThrow(
      'not an origin of this machine: https://example.org',
    );
    for (const origin of ['http://localhost:1', 'http://127.0.0.1:1', 'https://[::1]:1']) {
      expect(() => createGuardedFetch({ clock, loopbackOrigins: [{ origin }] }), origin).not.toThrow();
    }
  });
});

describe('what a server does is said in the refusal', () => {
  let server: HttpServer;
  let origin: string;
  const requests: { method: string | undefined; url: string | undefined }[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push({ method: request.method, url: request.url });
      const [path] = request.url!.split('?');
      if (path === '/gzip') response.setHeader('content-encoding', 'gzip').end('x');
      else if (path === '/large') response.end('x'.repeat(101));
      else if (path === '/typed') response.setHeader('content-type', ' Text/HTML ; charset=utf-8').end('x');
      else if (path === '/nowhere') response.writeHead(302, { location: 'https://[' }).end();
      else if (path === '/again') response.writeHead(302, { location: '/again' }).end();
      else response.end('x');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const fetchOf = (more: Partial<GuardedFetchOptions> = {}) =>
    createGuardedFetch({
      clock,
      loopbackOrigins: [{ origin }],
      resolve: async () => ['127.0.0.1'],
      negativeCacheMs: 0,
      timeoutMs: 2_000,
      ...more,
    });

  it.each([
    ['/gzip', 'encoding', 'a compressed answer was not asked for'],
    ['/large', 'too-large', 'the answer is larger than 100 bytes'],
    ['/nowhere', 'redirect', 'a redirect to nowhere'],
    ['/again', 'redirect', 'too many redirects'],
  ])('%s', async (path, code, detail) => {
    expect(await problemOf(fetchOf()(origin + path, { ...ANY, maxBytes: 100 }))).toEqual({
      kind: 'fetch-failed',
      code,
      detail,
    });
  });

  it('asks with GET for path and query, and reads the media type alone', async () => {
    requests.length = 0;
    expect(await fetchOf()(`${origin}/typed?a=b`, ANY)).toMatchObject({ contentType: 'text/html' });
    expect(requests).toEqual([{ method: 'GET', url: '/typed?a=b' }]);
  });

  it('a name without an address, one with a private one, and a port where nobody is', async () => {
    const { port } = await new Promise<AddressInfo>((done) => {
      const closed = createTcpServer().listen(0, '127.0.0.1', () => {
        const address = closed.address() as AddressInfo;
        closed.close(() => done(address));
      });
    });
    const dead = `http://localhost:${port}`;
    const cases: [Partial<GuardedFetchOptions>, string, string][] = [
      [{ resolve: async () => Promise.reject(new Error('ENOTFOUND')) }, 'dns', 'the host name does not resolve'],
      [{ loopbackOrigins: [{ origin: dead }] }, 'connect', 'no connection'],
    ];
    for (const [more, code, detail] of cases) {
      const address = more.loopbackOrigins ? dead : origin;
      expect(await problemOf(fetchOf(more)(address, ANY))).toEqual({ kind: 'fetch-failed', code, detail });
    }
    expect((await problemOf(fetchOf({ resolve: async () => ['10.0.0.1'] })(origin, ANY))).detail).toBe(
      'the host has a refused address',
    );
  });

  it('three addresses of a host are tried, and no fourth', async () => {
    const connected: string[] = [];
    const dead = ['127.9.9.1', '127.9.9.2', '127.9.9.3'];
    const fetch = (addresses: string[]) =>
      fetchOf({ resolve: async () => addresses, onConnect: ({ address }) => void connected.push(address) })(
        origin,
        ANY,
      );
    expect(Buffer.from((await fetch([...dead.slice(0, 2), '127.0.0.1'])).bytes).toString()).toBe('x');
    expect((await problemOf(fetch([...dead, '127.0.0.1']))).code).toBe('connect');
    expect(connected).toEqual(['127.0.0.1']);
  });

  it('a host that says nothing on its first address is left for the next one within a second', async () => {
    // Takes the connection and never speaks: as an address it is good, so its silence is waited for.
    const sockets: Socket[] = [];
    const silent = createTcpServer((socket) => void sockets.push(socket.on('error', () => {})));
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const quiet = `http://localhost:${(silent.address() as AddressInfo).port}`;
    const fetch = fetchOf({ loopbackOrigins: [{ origin: quiet }], timeoutMs: 300 });
    expect(await problemOf(fetch(quiet, ANY))).toMatchObject({ code: 'timeout', detail: 'no complete answer in time' });
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('a budget that is used up says so', async () => {
    const budget = { take: () => false, remainingMs: () => 1_000 };
    expect(await problemOf(fetchOf()(origin, { ...ANY, budget }))).toMatchObject({
      code: 'budget',
      detail: 'the fetch budget is used up',
    });
  });
});

describe('the memory of failures', () => {
  const problem = new Problem('fetch-failed', 'x');
  const at = (ms: number) => new Date(Date.parse('2026-11-24T01:00:00Z') + ms);
  let now = at(0);
  const failures = (ms: number) => createFailures({ now: () => now }, ms);

  it('lasts its time and not a moment longer, whichever way the clock moves', () => {
    const known = failures(1_000);
    known.remember('a', problem);
    for (const [ms, remembered] of [
      [0, true],
      [999, true],
      [1_000, false],
    ] as const) {
      now = at(ms);
      if (remembered) expect(() => known.check('b', 'a')).toThrow(problem);
      else expect(() => known.check('a')).not.toThrow();
    }
    now = at(500);
    // Forgotten is forgotten.
    expect(() => known.check('a')).not.toThrow();
    known.remember('a', problem);
    now = at(499);
    expect(() => known.check('a')).not.toThrow();
    now = at(0);
  });

  it('of no time is none', () => {
    const none = failures(0);
    none.remember('a', problem);
    expect(() => none.check('a')).not.toThrow();
  });

  it('keeps five hundred addresses, the oldest goes', () => {
    const known = failures(1_000);
    for (let n = 0; n < 500; n++) known.remember(`${n}`, problem);
    expect(() => known.check('0')).toThrow(problem);
    // Remembered anew it is the youngest.
    known.remember('0', problem);
    known.remember('500', problem);
    expect(() => known.check('1')).not.toThrow();
    expect(() => known.check('0')).toThrow(problem);
    expect(() => known.check('2')).toThrow(problem);
  });
});

describe('the gate', () => {
  const idle = new AbortController().signal;

  it('lets the next one in when one has ended, and forgets a key that nobody uses', async () => {
    const gate = createGate(1);
    const order: string[] = [];
    let release = () => {};
    const first = gate('a', idle, () => new Promise<void>((done) => (release = done)));
    const second = gate('a', idle, async () => void order.push('second'));
    const other = gate('b', idle, async () => void order.push('other key'));
    await other;
    expect(order).toEqual(['other key']);
    release();
    await Promise.all([first, second]);
    // Twice more than the limit, one after the other: a place that was not given back would hold them.
    for (let n = 0; n < 4; n++) await gate('a', idle, async () => void order.push(`${n}`));
    expect(order).toEqual(['other key', 'second', '0', '1', '2', '3']);
  });

  it('whoever waits goes when his time is over, and takes no place of others', async () => {
    const gate = createGate(1);
    let release = () => {};
    const first = gate('a', idle, () => new Promise<void>((done) => (release = done)));
    const patience = new AbortController();
    const waiting = gate('a', patience.signal, async () => 'never');
    patience.abort(new Error('no more time'));
    await expect(waiting).rejects.toThrow('no more time');
    const late = AbortSignal.abort(new Error('too late'));
    await expect(gate('a', late, async () => 'never')).rejects.toThrow('too late');
    release();
    await first;
    expect(await gate('a', idle, async () => 'in')).toBe('in');
  });
});
