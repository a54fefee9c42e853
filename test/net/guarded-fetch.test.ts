import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem, systemClock } from '#kernel';
import { createGuardedFetch, publicAddressesOnly } from '#net';

const HOSTILE = [
  ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '①②⑦.⓪.⓪.①', '0', '0.0.0.0'],
  ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '100.100.100.200'],
  ...['192.0.0.8', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.51.100.7', '203.0.113.5', '224.0.0.1', '240.0.0.1'],
  ...[
    '255.255.255.255',
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
  ],
  ...[
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::1]',
    '[2002:7f00:1::]',
    '[2001::1]',
    '[fc00::1]',
    '[fd12:3456::1]',
    '[fe80::1]',
  ],
  ...[
    '[fec0::1]',
    '[ff02::1]',
    '[2001:db8::1]',
    '[100::1]',
    '[2001:2::1]',
    '[3fff::1]',
    '[5f00::1]',
    '[fd00:ec2::254]',
  ],
  ...['localhost', 'localhost.', 'LOCALHOST', 'printer', 'metadata', 'example.org.', '%6cocalhost', 'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ'],
].map((host) => `https://${host}/x`);
const HOSTILE_FORMS = [
  'http://example.org/',
  'https://example.org:8443/',
  'https://user@example.org/',
  'https://user:pass@example.org/',
  'https://good.example@127.0.0.1/',
  'ftp://example.org/',
  'file:///etc/passwd',
  'data:text/plain,x',
  'javascript:alert(1)',
  'gopher://127.0.0.1/',
  '//example.org/',
  '/etc/passwd',
  '',
  `https://example.org/${'a'.repeat(5000)}`,
];

const kindOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Problem ? ((error.extensions.code as string) ?? error.kind) : String(error)),
  );

describe('addresses that are never fetched (SS-1)', () => {
  const fetch = createGuardedFetch({
    clock: systemClock,
    resolve: async (host) => {
      throw new Error(`resolved ${host}`);
    },
  });
  it.each([...HOSTILE, ...HOSTILE_FORMS])('%s', async (url) => {
    expect(await kindOf(fetch(url, { accept: '*/*' }))).toBe('fetch-refused');
  });

  it('refuses to exist without a policy, or with a loopback origin that is not one (SS-5)', () => {
    expect(() => createGuardedFetch({ clock: systemClock, policy: undefined as never })).toThrow(TypeError);
    expect(() => createGuardedFetch({ clock: systemClock, loopbackOrigins: [{ origin: 'http://10.0.0.1' }] })).toThrow(
      TypeError,
    );
  });

  it('refuses a host whose answers change to a private address (SS-2)', async () => {
    for (const answers of [['10.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['::1'], []]) {
      const rebinding = createGuardedFetch({ clock: systemClock, resolve: async () => answers });
      expect(await kindOf(rebinding('https://rebind.example/', { accept: '*/*' }))).toBe('fetch-refused');
    }
    expect(publicAddressesOnly('93.184.216.34')).toBe(true);
  });
});

describe('answers of a server on this machine', () => {
  let server: Server;
  let origin: string;
  let hits = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      hits++;
      const path = request.url ?? '/';
      if (path === '/ok') response.setHeader('content-type', 'Application/JSON; charset=utf-8').end('{}');
      else if (path === '/missing') response.writeHead(404).end('no');
      else if (path === '/hop') response.writeHead(302, { location: '/ok' }).end();
      else if (path === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else if (path === '/away') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
      else if (path === '/private') response.writeHead(307, { location: 'https://10.0.0.1/' }).end();
      else if (path === '/big') for (let i = 0; i < 40; i++) response.write(Buffer.alloc(64 * 1024));
      else if (path === '/gzip')
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1 << 20)));
      else if (path === '/slow') {
        const timer = setInterval(() => response.write('x'), 50);
        response.on('close', () => clearInterval(timer));
      } else if (path === '/echo') response.end(JSON.stringify(request.headers));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const make = () =>
    createGuardedFetch({
      clock: systemClock,
      loopbackOrigins: [{ origin }],
      timeoutMs: 700,
      resolve: async () => ['127.0.0.1'],
    });

  it('returns bytes, media type and status', async () => {
    const answer = await make()(`${origin}/ok`, { accept: 'application/json' });
    expect([answer.status, answer.contentType, Buffer.from(answer.bytes).toString()]).toEqual([
      200,
      'application/json',
      '{}',
    ]);
    expect((await make()(`${origin}/missing`, { accept: '*/*' })).status).toBe(404);
    const headers = JSON.parse(Buffer.from((await make()(`${origin}/echo`, { accept: 'a/b' })).bytes).toString());
    expect(headers).toMatchObject({ accept: 'a/b', 'accept-encoding': 'identity' });
  });

  it.each([
    ['/loop', 'redirect'],
    ['/away', 'fetch-refused'],
    ['/private', 'fetch-refused'],
    ['/big', 'too-large'],
    ['/gzip', 'encoding'],
    ['/slow', 'timeout'],
  ])('%s ends with %s (SS-3, SS-4, ST-5)', async (path, code) => {
    expect(await kindOf(make()(origin + path, { accept: '*/*' }))).toBe(code);
  });

  it('follows a redirect and names where it ended', async () => {
    expect((await make()(`${origin}/hop`, { accept: '*/*' })).url).toBe(`${origin}/ok`);
  });

  it('refuses the same port under a name that is not listed, and a listed name that resolves elsewhere', async () => {
    expect(await kindOf(make()(origin.replace('localhost', '127.0.0.1'), { accept: '*/*' }))).toBe('fetch-refused');
    const elsewhere = createGuardedFetch({
      clock: systemClock,
      loopbackOrigins: [{ origin }],
      resolve: async () => ['93.184.216.34'],
    });
    expect(await kindOf(elsewhere(`${origin}/ok`, { accept: '*/*' }))).toBe('fetch-refused');
  });

  it('spends the budget of the verification (SS-6)', async () => {
    let left = 4;
    const budget = { take: () => left-- > 0, remainingMs: () => 1000 };
    const before = hits;
    const codes = await Promise.all(
      Array.from({ length: 100 }, () => kindOf(make()(`${origin}/ok`, { accept: '*/*', budget }))),
    );
    expect(codes.filter((code) => code === 'budget')).toHaveLength(96);
    expect(hits - before).toBe(4);
  });

  it('answers own addresses without a socket', async () => {
    const document = {
      url: 'https://own.example/a',
      status: 200,
      contentType: 'a/b',
      bytes: new Uint8Array(),
      fetchedAt: 'x',
    };
    const fetch = createGuardedFetch({ clock: systemClock, local: async () => document });
    expect(await fetch('https://own.example/a', { accept: '*/*' })).toBe(document);
  });
});
