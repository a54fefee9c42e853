import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AccreditedService,
  openAccredited,
  type Party,
  type Refusal,
  SCOPE,
} from './support/accredited-service.ts';

const ELSEWHERE = 'did:web:school.example';
let on: AccreditedService;
let [authority, sub]: Party[] = [];
let [toAuthority, toSub, toSchool, closedGrant]: string[] = [];

beforeAll(async () => {
  on = await openAccredited();
  [authority, sub] = [await on.party('specimen-authority'), await on.party('specimen-sub')];
  const delegation = { role: 'Accredit' as const, validUntil: '2027-07-01' };
  toAuthority = await on.grant(on.council, authority, { ...delegation, maxDelegationDepth: 1 });
  toSub = await on.grant(authority, sub, { ...delegation, validFrom: '2026-02-01', validUntil: '2027-01-01' });
  toSchool = await on.grant(sub, ELSEWHERE, { validFrom: '2026-03-01', validUntil: '2026-12-01' });
  closedGrant = await on.grant(on.council, ELSEWHERE);
  await on.event(on.council, closedGrant, { type: 'withdrawn', effectiveAt: '2026-05-01', reason: 'for the test' });
});
afterAll(() => on.service.close());

/** The request is refused with this code at this place, and nothing at all was stored. */
async function refused(key: string, url: string, body: object) {
  const before = await on.counts();
  const { status, body: problem } = await on.service.call<Refusal>('POST', url, { key, body });
  expect(await on.counts()).toEqual(before);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  const { pointer, code } = problem.errors[0]!;
  return { status, pointer, code, link: problem.link };
}

const good = () => ({
  accredited: ELSEWHERE,
  role: 'Award',
  scope: SCOPE,
  validFrom: '2026-03-01',
  validUntil: '2026-12-01',
});

describe('RG-1: a grant that does not fit under its accreditor is refused when it is made', () => {
  const cases: [string, () => [by: Party, change: object], () => object][] = [
    [
      'a loop over two links',
      () => [sub!, { accredited: on.council.did, role: 'Accredit' }],
      () => ({ pointer: '/accredited', code: 'loop', link: toAuthority }),
    ],
    [
      'a loop over one link',
      () => [sub!, { accredited: authority!.did, role: 'Accredit' }],
      () => ({ pointer: '/accredited', code: 'loop', link: toSub }),
    ],
    [
      'an authority that accredits itself',
      () => [sub!, { accredited: sub!.did, role: 'Accredit' }],
      () => ({ pointer: '/accredited', code: 'self_granted' }),
    ],
    [
      'a wider level',
      () => [sub!, { scope: [SCOPE[0], { ...SCOPE[0], pqfLevelRange: { from: 5, to: 7 } }] }],
      () => ({ pointer: '/scope/1', code: 'wider_than_parent', link: toSub }),
    ],
    [
      'a dimension of the parent left out',
      () => [sub!, { scope: [{ awardType: ['HeiMicroCredential'] }] }],
      () => ({ pointer: '/scope/0', code: 'wider_than_parent', link: toSub }),
    ],
    [
      'a gap: it begins before its parent',
      () => [sub!, { validFrom: '2026-01-31' }],
      () => ({ pointer: '/validFrom', code: 'gap', link: toSub }),
    ],
    [
      'a gap: it ends after its parent',
      () => [sub!, { validUntil: '2027-01-02' }],
      () => ({ pointer: '/validUntil', code: 'gap', link: toSub }),
    ],
    [
      'a gap: it never ends',
      () => [sub!, { validUntil: undefined }],
      () => ({ pointer: '/validUntil', code: 'gap', link: toSub }),
    ],
    [
      'authority handed on further than it may be',
      () => [sub!, { role: 'Accredit' }],
      () => ({ pointer: '/maxDelegationDepth', code: 'delegation_depth', link: toSub }),
    ],
    [
      'a parent that is not there',
      () => [sub!, { parent: 'https://registry.example/accreditations/none' }],
      () => ({ pointer: '/parent', code: 'gap', link: 'https://registry.example/accreditations/none' }),
    ],
    [
      'a parent given to somebody else',
      () => [sub!, { parent: toAuthority }],
      () => ({ pointer: '/parent', code: 'gap', link: toAuthority }),
    ],
  ];
  it.each(cases)('%s', async (_name, request, expected) => {
    const [by, change] = request();
    const answer = await refused(by.authority, '/v1/accreditations', { ...good(), ...change });
    expect(answer).toMatchObject({ status: 400, ...expected() });
  });

  it('what fits is stored, with its named parent', async () => {
    const before = await on.counts();
    await on.grant(sub!, 'did:web:second.example', {
      ...(good() as object),
      accredited: 'did:web:second.example',
      parent: toSub!,
    });
    expect(await on.counts()).toEqual({ ...before, grants: before.grants! + 1, audit: before.audit! + 1 });
  });
});

describe('a grant that cannot be read is refused', () => {
  it.each<[string, object, string]>([
    ['a time without offset', { validFrom: '2026-03-01T08:00:00' }, '/validFrom'],
    ['a fraction of a second', { validFrom: '2026-03-01T08:00:00.5Z' }, '/validFrom'],
    ['a day that is none', { validUntil: '2026-11-31' }, '/validUntil'],
    ['an end before the beginning', { validUntil: '2026-02-28' }, '/validUntil'],
    ['a verb nobody knows', { verb: 'bless' }, '/verb'],
    ['a role nobody knows', { role: 'Sell' }, '/role'],
    ['an award type nobody knows', { scope: [{ awardType: ['Medal'] }] }, '/scope/0/awardType/0'],
    ['a mode nobody knows', { scope: [{ participationMode: ['Telepathy'] }] }, '/scope/0/participationMode/0'],
    ['a route nobody knows', { scope: [{ learningRoute: ['Osmosis'] }] }, '/scope/0/learningRoute/0'],
    [
      'a credit system nobody knows',
      { scope: [{ maxCredit: { system: 'POINTS', value: '3' } }] },
      '/scope/0/maxCredit/system',
    ],
    ['an instrument nobody knows', { legalInstrument: { kind: 'Rumour' } }, '/legalInstrument/kind'],
    ['a unit kind as an instrument', { legalInstrument: { kind: 'lecture' } }, '/legalInstrument/kind'],
    ['a dimension nobody knows', { scope: [{ ...SCOPE[0], region: ['NCR'] }] }, '/scope/0/region'],
    ['a member nobody knows', { realm: 'all' }, '/realm'],
    ['no scope', { scope: [] }, '/scope'],
    ['an unlimited scope', { scope: [{}] }, '/scope/0'],
    ['a list with one thing twice', { scope: [{ profession: ['Nursing', 'Nursing'] }] }, '/scope/0/profession'],
    ['depth for an award', { maxDelegationDepth: 1 }, '/maxDelegationDepth'],
  ])('%s', async (_name, change, pointer) => {
    const answer = await refused(on.council.authority, '/v1/accreditations', { ...good(), ...change });
    expect(answer).toMatchObject({ status: 400, pointer });
  });
});

describe('contradictory events are refused', () => {
  const events = (grantUrl: string) => `/v1/accreditations/${grantUrl.split('/').at(-1)}/events`;
  it.each<[string, () => string, object, object]>([
    [
      'a suspension after a withdrawal',
      () => closedGrant!,
      { type: 'suspended', effectiveAt: '2026-06-01' },
      { status: 409, pointer: '/type', code: 'contradiction' },
    ],
    [
      'a reinstatement after a withdrawal',
      () => closedGrant!,
      { type: 'reinstated', effectiveAt: '2026-06-01' },
      { status: 409, code: 'contradiction' },
    ],
    [
      'a reinstatement of what is not suspended',
      () => toSchool!,
      { type: 'reinstated', effectiveAt: '2026-06-01' },
      { status: 409, pointer: '/type', code: 'contradiction' },
    ],
    [
      'an event before the grant begins',
      () => toSchool!,
      { type: 'suspended', effectiveAt: '2026-02-28' },
      { status: 400, pointer: '/effectiveAt' },
    ],
    [
      'an event after the grant ends',
      () => toSchool!,
      { type: 'suspended', effectiveAt: '2026-12-02' },
      { status: 409 },
    ],
    [
      'an annulment of a day to come',
      () => toSchool!,
      { type: 'annulled', effectiveAt: '2026-11-25' },
      { status: 400, pointer: '/effectiveAt' },
    ],
    [
      'a time without offset',
      () => toSchool!,
      { type: 'suspended', effectiveAt: '2026-06-01T08:00:00' },
      { status: 400, pointer: '/effectiveAt' },
    ],
    [
      'an event nobody knows',
      () => toSchool!,
      { type: 'blessed', effectiveAt: '2026-06-01' },
      { status: 400, pointer: '/type' },
    ],
    [
      'a member nobody knows',
      () => toSchool!,
      { type: 'suspended', effectiveAt: '2026-06-01', until: '2026-07-01' },
      { status: 400, pointer: '/until' },
    ],
    ['no effective moment', () => toSchool!, { type: 'withdrawn' }, { status: 400, pointer: '/effectiveAt' }],
    [
      'superseded by nothing',
      () => toSchool!,
      { type: 'superseded', effectiveAt: '2026-06-01' },
      { status: 400, pointer: '/supersededBy' },
    ],
  ])('%s', async (_name, of, body, expected) => {
    const by = of() === toSchool ? sub! : on.council;
    const answer = await refused(by.authority, events(of()), { reason: 'for the test', ...body });
    expect(answer).toMatchObject(expected);
    if (answer.code === 'contradiction') expect(answer.link).toBe(of());
  });

  it('so is an event that makes a later one impossible', async () => {
    const of = await on.grant(on.council, 'did:web:third.example');
    await on.event(on.council, of, { type: 'suspended', effectiveAt: '2026-06-01', reason: 'for the test' });
    await on.event(on.council, of, { type: 'reinstated', effectiveAt: '2026-07-01', reason: 'for the test' });
    const body = { type: 'withdrawn', effectiveAt: '2026-05-01', reason: 'for the test' };
    expect(await refused(on.council.authority, events(of), body)).toMatchObject({
      ...{ status: 409, pointer: '/effectiveAt', code: 'contradiction', link: of },
    });
  });

  it('and one of somebody else’s grant, which is not there for others', async () => {
    const before = await on.counts();
    const body = { type: 'withdrawn', effectiveAt: '2026-06-01', reason: 'for the test' };
    const answer = await on.service.call('POST', events(toSchool!), { key: on.council.authority, body });
    expect([answer.status, await on.counts()]).toEqual([404, before]);
  });
});
