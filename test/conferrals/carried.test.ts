import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConferralWorld, conferralWorld, node } from './world.ts';

let on: ConferralWorld;
let badge: string;
beforeAll(async () => {
  const system = 'HE-UNIT-16';
  on = await conferralWorld(([part]) => [
    { ...node('part', 'requireAll'), items: [{ achievement: part }] },
    { ...node('units', 'creditMin'), system, min: '3' },
    { ...node('carry', 'carryOver'), system, max: '3' },
    { ...node('sized', 'creditMax'), system, max: '3' },
  ]);
  badge = await on.issue(0);
});
afterAll(() => on.close());

const carried = { 'HE-UNIT-16': '3' };

it('credit that the conferrer itself carries over counts, and is asked about again as such', async () => {
  expect((await on.evaluate([badge])).body.outcome).toBe('unmet');
  const met = await on.evaluate([badge], { carried });
  expect(met.body).toMatchObject({ outcome: 'met', input: { carried } });
  const conferral = await on.confer(met.body.id);
  expect(conferral.body).toMatchObject({ state: 'conferred', evaluationId: met.body.id });
});

it('credit that anybody else states is not enough', async () => {
  const stated = await on.evaluate([badge], { carried }, on.college.issuer);
  expect(stated.body).toMatchObject({ outcome: 'pending', input: { carriedStated: carried } });
  const open = await on.service.call('POST', '/v1/evaluations', {
    body: { pathway: on.pathway, credentials: [badge], carried, vouchedBy: on.university.did },
  });
  expect(open.status).toBe(400);
});
