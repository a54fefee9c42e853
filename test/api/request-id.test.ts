import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStub, type Stub } from './support/stub.ts';

let stub: Stub;
beforeAll(async () => {
  stub = await createStub({ trustedProxies: ['10.0.0.0/24', '2001:db8::1'] });
});
afterAll(() => stub.app.close());

const OURS = /^[0-9a-z]{26}$/;
const idOf = async (given: string, remoteAddress: string, url = '/nowhere') => {
  const answer = await stub.app.inject({
    url,
    remoteAddress,
    headers: { 'x-request-id': given, accept: 'application/json' },
  });
  const id = String(answer.headers['x-request-id']);
  expect(answer.json().instance).toBe(`urn:tatak:request:${id}`);
  return id;
};

it('is what a proxy of ours calls the request, and stands in header and problem', async () => {
  const given = '6f1c2a9e-0b7d-4c1e-9a53-3f0d1a2b4c5d';
  for (const proxy of ['10.0.0.9', '::ffff:10.0.0.9', '2001:db8::1']) expect(await idOf(given, proxy)).toBe(given);
});

it('is a new one for anybody else, and for what is no plain name', async () => {
  const given = '6f1c2a9e-0b7d-4c1e-9a53-3f0d1a2b4c5d';
  for (const stranger of ['10.0.1.9', '192.0.2.1', '2001:db8::2']) expect(await idOf(given, stranger)).toMatch(OURS);
  for (const bad of [
    'short',
    'a'.repeat(65),
    'maria@students.example',
    '<script>alert(1)</script>',
    'a b c d e f g h',
  ]) {
    expect(await idOf(bad, '10.0.0.9')).toMatch(OURS);
  }
  // Two of them name two requests.
  expect(await idOf('one-request-id, another-id', '10.0.0.9')).toMatch(OURS);
});
