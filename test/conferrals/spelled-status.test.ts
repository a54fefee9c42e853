import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { type ConferralWorld, conferralWorld } from './world.ts';

let on: ConferralWorld;
beforeAll(async () => {
  on = await conferralWorld();
});
afterAll(() => on.close());

it('a revoked badge is not valid when its status is spelled as an IRI, which its proof covers just as well', async () => {
  const badges = [await on.issue(0), await on.issue(1), await on.issue(2)];
  await on.change(badges[0]!, 'revoke');
  const signed = await on.service.call<JsonObject>('GET', new URL(badges[0]!).pathname);
  const { credentialStatus, ...rest } = signed.body;
  const hidden = { ...rest, 'https://www.w3.org/2018/credentials#credentialStatus': credentialStatus! };
  const verified = await on.service.call<{ verdict: string; checks: JsonObject[] }>('POST', '/v1/verifications', {
    body: { credential: hidden },
  });
  expect(verified.body.verdict, verified.text).toBe('undetermined');
  expect(verified.body.checks.find(({ check }) => check === 'proof')).toMatchObject({ code: 'iri_member' });
  const stack = await on.evaluate([hidden, ...badges.slice(1)]);
  expect(stack.body.outcome).toBe('unmet');
});
