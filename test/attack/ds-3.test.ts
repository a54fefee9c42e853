import { afterEach, describe, expect, it } from 'vitest';
import { createStub, type Stub } from '../api/support/stub.ts';

/** Every header by which a proxy, a balancer or a CDN is known to name the address of who asks. */
const FORWARDED = [
  ...['x-forwarded-for', 'x-real-ip', 'x-client-ip', 'x-cluster-client-ip', 'cf-connecting-ip', 'true-client-ip'],
  ...['fastly-client-ip', 'x-original-forwarded-for', 'x-forwarded', 'x-remote-addr', 'x-host', 'via'],
  ...['fly-client-ip', 'x-azure-clientip', 'x-envoy-external-address'],
];

let stub: Stub;
afterEach(() => stub.app.close());

/** How many of these came through. */
async function passed(requests: object[]): Promise<number> {
  let through = 0;
  for (const request of requests) if ((await stub.app.inject(request)).statusCode !== 429) through++;
  return through;
}

const many = (count: number, one: (at: number) => object) => Array.from({ length: count }, (_, at) => one(at));
const ten = { address: 10, key: 10, tenant: 15, expensive: 3, expensiveTenant: 3 };

describe('DS-3: a limit is of the real address and the real account', () => {
  it('headers that say where a request comes from change nothing', async () => {
    stub = await createStub({ rateLimits: ten });
    const ask = (at: number) => {
      const address = `198.51.100.${at}`;
      const name = FORWARDED[at % FORWARDED.length]!;
      const headers = { [name]: address, forwarded: `for=${address}`, 'user-agent': `agent ${at}`, cookie: `a=${at}` };
      return { url: `/?${at}`, headers, remoteAddress: '192.0.2.1' };
    };
    expect(await passed(many(60, ask))).toBe(10);
  });

  it('nor does another spelling of the address, or another address of the same /64', async () => {
    stub = await createStub({ rateLimits: ten });
    expect(
      await passed(many(60, (at) => ({ url: '/', remoteAddress: at % 2 ? '192.0.2.2' : '::ffff:192.0.2.2' }))),
    ).toBe(10);
    expect(await passed(many(60, (at) => ({ url: '/', remoteAddress: `2001:db8:1:2::${at.toString(16)}` })))).toBe(10);
  });

  it('nor does what the client writes before a proxy adds the truth', async () => {
    stub = await createStub({ rateLimits: ten, trustedProxies: ['10.0.0.7'] });
    const ask = (at: number) => ({
      ...{ url: '/', remoteAddress: '10.0.0.7' },
      headers: { 'x-forwarded-for': `198.51.100.${at}, 10.0.0.7, 203.0.113.5` },
    });
    expect(await passed(many(60, ask))).toBe(10);
  });

  it('guessed keys are counted by address, however many there are', async () => {
    stub = await createStub({ rateLimits: ten });
    const ask = (at: number) => ({
      ...{ url: '/v1/credentials', remoteAddress: '192.0.2.3' },
      headers: { authorization: `Bearer tatak_${at}` },
    });
    expect(await passed(many(60, ask))).toBe(10);
  });

  it('keys of one institution count together, from wherever they are used', async () => {
    let key = 0;
    stub = await createStub({
      rateLimits: ten,
      apiKeys: {
        authenticate: async () => ({ tenant: 'abc', keyId: `key-${key++}`, role: 'issuer' as const }),
      } as never,
    });
    const ask = (at: number) => ({
      ...{ url: '/v1/credentials', remoteAddress: `192.0.2.${at}` },
      headers: { authorization: 'Bearer x' },
    });
    expect(await passed(many(60, ask))).toBe(15);
  });

  it('what is expensive has its own count, whichever of its operations and methods is used', async () => {
    stub = await createStub({ rateLimits: { ...ten, address: 1_000 } });
    const post = (url: string) => ({
      ...{ method: 'POST' as const, url, remoteAddress: '192.0.2.4' },
      ...{ payload: '{}', headers: { 'content-type': 'application/json' } },
    });
    const get = (method: 'GET' | 'HEAD') => ({ method, url: '/verify?url=x', remoteAddress: '192.0.2.4' });
    const asks = [post('/v1/verifications'), get('GET'), get('HEAD'), post('/v1/pathway-matches')];
    expect(await passed(many(40, (at) => asks[at % asks.length]!))).toBe(3);
  });
});

describe('who is refused', () => {
  it('is told when to come back, and by which limit', async () => {
    stub = await createStub({ rateLimits: ten });
    const headers = stub.as('abc', 'issuer');
    const first = await stub.app.inject({ url: '/v1/credentials', headers });
    expect(first.headers).toMatchObject({ 'ratelimit-policy': '"key";q=10;w=60', ratelimit: '"key";r=9;t=60' });
    for (let at = 0; at < 9; at++) await stub.app.inject({ url: '/v1/credentials', headers });
    const refused = await stub.app.inject({ url: '/v1/credentials', headers });
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers.ratelimit).toMatch(/^"key";r=0;t=\d+$/);
    // A cache would show it to everybody.
    expect((await stub.app.inject('/')).headers.ratelimit).toBeUndefined();
  });
});
