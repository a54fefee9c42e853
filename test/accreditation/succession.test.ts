import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccreditedService, openAccredited, type Party, type Refusal } from './support/accredited-service.ts';

interface Report {
  verdict: string;
  recognition: string;
  checks: { check: string; code: string; result: string }[];
}

let on: AccreditedService;
let old: Party;
let [achievement, oldBadge]: [string, object] = ['', {}];

const verify = async (credential: object) => {
  const { body } = await on.service.call<Report>('POST', '/v1/verifications', { body: { credential } });
  const codeOf = (name: string) => body.checks.find(({ check }) => check === name)!.code;
  return {
    standing: [body.verdict, body.recognition],
    achievement: codeOf('achievement'),
    accreditation: codeOf('accreditation'),
  };
};
const succeed = (body: object, by: Party = on.council) =>
  on.service.call<Refusal>('POST', '/v1/successions', { key: by.authority, body: { reason: 'for the test', ...body } });
/** Status and, when refused, the code. */
const tried = async (by: Party, id: string, recipient?: object) => {
  const { status, body } = await on.issue(by, id, recipient);
  return status === 201 ? 'issued' : (body.errors[0]!.code ?? body.type);
};
async function school(slug: string): Promise<[Party, string, object]> {
  const party = await on.party(slug);
  await on.grant(on.council, party);
  const id = await on.achievement(party);
  const { body } = await on.issue(party, id);
  return [party, id, body.credentials[0]!.credential];
}

beforeAll(async () => {
  on = await openAccredited();
  [old, achievement, oldBadge] = await school('specimen-old-college');
});
afterAll(() => on.service.close());

describe('succession', () => {
  let heir: Party;

  it('merged with the right to award: the old badges stay what they were, the predecessor issues no more', async () => {
    heir = await on.party('specimen-new-university');
    expect((await verify(oldBadge)).standing).toEqual(['valid', 'recognised']);
    on.now.at = '2026-11-24T04:00:00Z';
    const body = { kind: 'Merger', mayAward: true, effectiveAt: '2026-11-24T04:00:00Z' };
    const { status } = await succeed({ predecessor: old.did, successor: heir.did, ...body });
    expect(status).toBe(201);
    expect(await verify(oldBadge)).toMatchObject({
      standing: ['valid', 'recognised'],
      accreditation: 'accredited_then_not_now',
    });
    expect(await tried(old, achievement)).toBe('closed');
    // What it had done before may still be written down within the grace.
    expect(await tried(old, achievement, { awardedDate: '2026-11-24T03:59:59Z' })).toBe('issued');
    expect(await tried(old, achievement, { awardedDate: '2026-11-24T04:00:00Z' })).toBe('closed');
  });

  it('the successor awards the old definition only with an accreditation of its own', async () => {
    expect(await tried(heir, achievement)).toBe('not_covered');
    await on.grant(on.council, heir);
    const { status, body } = await on.issue(heir, achievement);
    expect(status).toBe(201);
    const report = await verify(body.credentials[0]!.credential);
    expect(report.standing).toEqual(['valid', 'recognised']);
    expect(report.achievement).toMatch(/_by_succession$/);
  });

  it('of an award day before the succession it is not the successor', async () => {
    expect(await tried(heir, achievement, { awardedDate: '2026-11-24T03:59:59Z' })).toBe('not_permitted');
    expect(await tried(heir, achievement, { awardedDate: '2026-11-24T04:00:00Z' })).toBe('issued');
  });

  it('without the right to award it may not, accredited or not', async () => {
    const [first, id, badge] = await school('specimen-first');
    const [second] = await school('specimen-second');
    await succeed({ predecessor: first.did, successor: second.did, kind: 'Merger', effectiveAt: '2026-11-24' });
    expect(await tried(second, id)).toBe('not_permitted');
    expect(await tried(first, id)).toBe('closed');
    expect((await verify(badge)).standing[0]).toBe('valid');
  });

  it('a closure that nobody follows ends awarding, and nothing that was awarded', async () => {
    const [closed, id, badge] = await school('specimen-closed');
    on.now.at = '2026-11-24T05:00:00Z';
    await succeed({ predecessor: closed.did, kind: 'Closure', effectiveAt: '2026-11-24T05:00:00Z' });
    expect(await tried(closed, id)).toBe('closed');
    expect((await verify(badge)).standing).toEqual(['valid', 'recognised']);
  });

  it('custody of records changes nothing about awarding', async () => {
    const [owner, id, badge] = await school('specimen-owner');
    const [keeper] = await school('specimen-keeper');
    await succeed({ predecessor: owner.did, successor: keeper.did, kind: 'Custody', effectiveAt: '2026-01-01' });
    expect([await tried(owner, id), await tried(keeper, id)]).toEqual(['issued', 'not_permitted']);
    expect((await verify(badge)).standing).toEqual(['valid', 'recognised']);
  });

  it('what an authority nobody trusts says about it counts for nothing', async () => {
    const [owner, id] = await school('specimen-sound');
    const [rival] = await school('specimen-rival');
    const body = {
      predecessor: owner.did,
      successor: rival.did,
      kind: 'Merger',
      mayAward: true,
      effectiveAt: '2026-01-01',
    };
    expect((await succeed(body, rival)).status).toBe(201);
    expect([await tried(owner, id), await tried(rival, id)]).toEqual(['issued', 'not_permitted']);
  });

  it.each<[string, object, number, string]>([
    ['of itself', { kind: 'Merger' }, 400, '/successor'],
    ['a second time', { successor: 'did:web:x.example', kind: 'Merger' }, 409, '/predecessor'],
    ['by nobody, though no closure', { successor: undefined, kind: 'Merger' }, 400, '/successor'],
    [
      'by a custodian who awards',
      { successor: 'did:web:x.example', kind: 'Custody', mayAward: true },
      400,
      '/mayAward',
    ],
    ['in an unknown way', { successor: 'did:web:x.example', kind: 'Takeover' }, 400, '/kind'],
    [
      'at a time without offset',
      { successor: 'did:web:x.example', kind: 'Merger', effectiveAt: '2026-01-01T00:00:00' },
      400,
      '/effectiveAt',
    ],
  ])('%s is refused, and nothing stored', async (_name, change, status, pointer) => {
    const before = await on.counts();
    const answer = await succeed({ predecessor: old.did, successor: old.did, effectiveAt: '2026-01-01', ...change });
    expect([answer.status, answer.body.errors[0]!.pointer]).toEqual([status, pointer]);
    expect(await on.counts()).toEqual(before);
  });
});
