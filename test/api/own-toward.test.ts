import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '#kernel';
import { createStub, ID, type Stub } from './support/stub.ts';

let stub: Stub;
let asked = 0;
let verify: () => Promise<unknown>;
let now = new Date('2026-05-01T00:00:00Z');
beforeAll(async () => {
  const verifyHolding = () => {
    asked++;
    return verify();
  };
  stub = await createStub({ verifier: { verifyHolding } as never, clock: { now: () => now } });
});
afterAll(() => stub.app.close());

const page = async () =>
  (await stub.app.inject({ url: `/credentials/${ID}`, headers: { accept: 'text/html' } })).body.includes(
    'SPECIMEN Pathway',
  );
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1_000);
};

describe('what a badge of ours counts toward, on its page', () => {
  it('is found out once for all who open it within seconds', async () => {
    verify = async () => ({ report: {}, holding: {} });
    expect(await Promise.all([page(), page(), page()])).toEqual([true, true, true]);
    expect(asked).toBe(1);
    later(11);
    expect([await page(), asked]).toEqual([true, 2]);
  });

  it('is left out while a register elsewhere does not answer, and shown when it did', async () => {
    later(11);
    let answer = (_: unknown): void => {};
    verify = () => new Promise((done) => (answer = done));
    expect(await page()).toBe(false);
    answer({ report: {}, holding: {} });
    expect(await page()).toBe(true);
  });

  it('is left out where nothing could be found out', async () => {
    later(11);
    verify = () => Promise.reject(new Problem('unavailable', 'too much'));
    expect(await page()).toBe(false);
  });
});
