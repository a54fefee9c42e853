import { afterEach, expect, it } from 'vitest';
import { createMetrics } from '#observability';
import { BODIES } from './support/samples.ts';
import { createStub, ID, type Stub } from './support/stub.ts';

let stub: Stub;
afterEach(() => stub.app.close());

const generous = { address: 1e9, key: 1e9, tenant: 1e9, expensive: 1e9, expensiveTenant: 1e9 };
const verify = { method: 'POST' as const, url: '/v1/verifications', payload: BODIES.createVerification };
const issue = () => ({
  ...{ method: 'POST' as const, url: '/v1/credentials', payload: BODIES.issueCredentials },
  headers: stub.as('abc', 'issuer'),
});

/** A verifier that finishes when it is told to. */
function held() {
  let finish = () => {};
  const wall = new Promise<void>((done) => {
    finish = done;
  });
  return { finish, verify: () => wall.then(() => ({ verdict: 'valid', checks: [] })) };
}

it('refuses what is dear beyond what can be worked on, and answers everything else', async () => {
  const { finish, verify: slow } = held();
  const metrics = createMetrics();
  stub = await createStub({
    rateLimits: generous,
    shedding: { working: 4 },
    metrics,
    verifier: { verify: slow } as never,
  });
  const running = Array.from({ length: 4 }, () => stub.app.inject(verify));
  await new Promise((next) => setTimeout(next, 50));
  const refused = await stub.app.inject(verify);
  expect([refused.statusCode, refused.headers['retry-after'], refused.json().type]).toEqual([
    ...[503, '2'],
    'urn:tatak:problem:unavailable',
  ]);
  for (const url of [
    '/health/live',
    '/health/ready',
    `/credentials/${ID}`,
    `/status/${ID}`,
    '/institutions/abc/did.json',
  ]) {
    expect([url, (await stub.app.inject(url)).statusCode]).toEqual([url, 200]);
  }
  expect((await stub.app.inject(issue())).statusCode).toBe(201);
  expect(await metrics.text()).toContain('tatak_shed_total{reason="work"} 1');
  finish();
  for (const answer of await Promise.all(running)) expect(answer.statusCode).not.toBe(503);
  // There is room again.
  expect((await stub.app.inject(verify)).statusCode).not.toBe(503);
});

it('does not count those that wait for the servers of others', async () => {
  const { finish, verify: slow } = held();
  const fetching = { now: 0 };
  stub = await createStub({
    ...{ rateLimits: generous, shedding: { working: 2, expensive: 5 }, fetching: () => fetching.now },
    verifier: { verify: slow } as never,
  });
  fetching.now = 4;
  const running = Array.from({ length: 5 }, () => stub.app.inject(verify));
  await new Promise((next) => setTimeout(next, 50));
  // But there is an end to them as well.
  expect((await stub.app.inject(verify)).statusCode).toBe(503);
  finish();
  expect((await Promise.all(running)).map(({ statusCode }) => statusCode)).not.toContain(503);
});

it('refuses the dear when the thread is late, the rest when it is very late, and nothing when little is going on', async () => {
  const late = { ms: 0 };
  const { finish, verify: slow } = held();
  stub = await createStub({
    ...{ rateLimits: generous, shedding: { few: 2 }, lateMs: () => late.ms, verifier: { verify: slow } as never },
  });
  late.ms = 5_000;
  const running = Array.from({ length: 2 }, () => stub.app.inject(verify));
  await new Promise((next) => setTimeout(next, 50));
  expect((await stub.app.inject(issue())).statusCode).toBe(503);
  late.ms = 300;
  expect((await stub.app.inject(verify)).statusCode).toBe(503);
  expect((await stub.app.inject(issue())).statusCode).toBe(201);
  expect((await stub.app.inject('/')).statusCode).toBe(200);
  // What the service asks itself belongs to a request that was taken in.
  const own = stub.app.inject({ ...verify, remoteAddress: 'own-address' });
  finish();
  expect((await own).statusCode).not.toBe(503);
  await Promise.all(running);
});
