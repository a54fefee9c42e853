import { afterAll, beforeAll, expect, it } from 'vitest';
import { browser } from './support/client.ts';
import { type HolderInstitution, type HolderWorld, holderWorld } from './support/institutions.ts';

let on: HolderWorld;
let college: HolderInstitution;
let centre: HolderInstitution;
beforeAll(async () => {
  on = await holderWorld();
  [, college, centre] = on.institutions as [HolderInstitution, HolderInstitution, HolderInstitution];
}, 120_000);
afterAll(() => on.service.close());

async function seen(email: string): Promise<{ numbers: string[]; badges: number }> {
  const client = browser(on.service);
  await client.prove(email);
  const { identifiers } = (await client.call<{ identifiers: { kind: string; value: string }[] }>('GET', '/holder'))
    .body;
  const badges = (await client.call<{ items: unknown[] }>('GET', '/holder/credentials')).body.items.length;
  return { numbers: identifiers.filter(({ kind }) => kind === 'studentNumber').map(({ value }) => value), badges };
}

it('an address that one institution recorded with two numbers vouches for neither, whoever used it first', async () => {
  const [first] = await on.classList(
    college,
    'name,email,studentNumber\nAna,office@college.example,N-1\nBen,office@college.example,N-2\n',
  );
  await on.classList(college, 'name,studentNumber\nAna,N-1\nBen,N-2\n');
  expect(await seen('office@college.example')).toEqual({ numbers: [], badges: 2 });
  // The same in another spelling is the same address.
  await on.classList(college, 'name,email,studentNumber\nCarla,carla@college.example,N-3\n');
  expect((await seen('carla@college.example')).numbers).toEqual(['N-3']);
  await on.classList(college, 'name,email,studentNumber\nDan,Carla@College.Example,N-4\n');
  expect((await seen('carla@college.example')).numbers).toEqual([]);
  // What another institution recorded neither helps nor hurts.
  await on.classList(centre, 'name,email,studentNumber\nEva,eva@college.example,N-2\n');
  await on.classList(college, 'name,email,studentNumber\nEva,eva@college.example,N-5\n');
  expect((await seen('eva@college.example')).numbers.sort()).toEqual(['N-2', 'N-5']);
  // A badge that was revoked says nothing about its recipient any more.
  await on.service.call('POST', `/v1/credentials/${first}/status`, {
    ...{ key: college.issuer, body: { action: 'revoke', reason: 'Recorded with a shared address' } },
  });
  expect((await seen('office@college.example')).numbers).toEqual(['N-2']);
}, 60_000);
