import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccreditedService, openAccredited, type Party } from './support/accredited-service.ts';

interface Answer {
  accreditedAtAward: string;
  accreditedNow: string;
  knownAt: string;
  code: string;
}

let on: AccreditedService;
let party: Party;
let [credential, grant]: [object, string] = [{}, ''];
const AWARD = { awardType: 'HeiMicroCredential', pqfLevel: 5 };

const ask = async (knownOn?: string, at = '2026-11-24T02:00:00Z') => {
  const body = { issuer: party.did, regime: 'CHED', at, award: AWARD, ...(knownOn ? { knownOn } : {}) };
  const answer = await on.service.call<Answer>('POST', '/v1/accreditation-checks', { body });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body;
};
const both = async (knownOn?: string, at?: string) => {
  const { accreditedAtAward, accreditedNow } = await ask(knownOn, at);
  return [accreditedAtAward, accreditedNow];
};
const recognition = async (knownOn?: string) => {
  const body = { credential, ...(knownOn ? { knownOn } : {}) };
  const answer = await on.service.call<{ verdict: string; recognition: string }>('POST', '/v1/verifications', { body });
  return [answer.body.verdict, answer.body.recognition];
};

beforeAll(async () => {
  on = await openAccredited();
  party = await on.party('specimen-college');
  on.now.at = '2026-11-24T03:10:00Z';
  grant = await on.grant(on.council, party);
  on.now.at = '2026-11-24T03:20:00Z';
  const issued = await on.issue(party, await on.achievement(party), { awardedDate: '2026-11-24T02:00:00Z' });
  credential = issued.body.credentials[0]!.credential;
  on.now.at = '2026-12-24T03:00:00Z';
});
afterAll(() => on.service.close());

describe('RG-2: as known on', () => {
  it('before an annulment was recorded the earlier answer is given again, to the letter', async () => {
    const KNOWN = '2026-12-01T00:00:00Z';
    const before = { check: await ask(KNOWN), badge: await recognition(KNOWN) };
    expect([before.check.accreditedAtAward, before.badge]).toEqual(['yes', ['valid', 'recognised']]);
    await on.event(on.council, grant, { type: 'annulled', reason: 'granted by mistake' });
    expect(await both()).toEqual(['no', 'no']);
    expect(await recognition()).toEqual(['valid', 'not_recognised']);
    const { registers: _, ...after } = (await ask(KNOWN)) as Answer & { registers: unknown };
    const { registers: __, ...then } = before.check as Answer & { registers: unknown };
    expect(after).toEqual(then);
    expect(await recognition(KNOWN)).toEqual(before.badge);
  });

  it('turns at the second in which it was recorded', async () => {
    on.now.at = '2026-12-24T03:00:05Z';
    expect(await both('2026-12-24T02:59:59Z')).toEqual(['yes', 'yes']);
    expect(await both('2026-12-24T03:00:00Z')).toEqual(['no', 'no']);
  });

  it('before the grant was recorded nobody listed the institution, whatever the grant says of its beginning', async () => {
    expect(await both('2026-11-24T03:09:59Z')).toEqual(['unknown', 'unknown']);
    expect((await ask('2026-11-24T03:09:59Z')).code).toBe('not_covered');
    expect(await both('2026-11-24T03:10:00Z')).toEqual(['yes', 'yes']);
  });

  it.each(['2026-12-25', '2026-12-24T03:00:05Z', '2026-12-24T03:00:00', 'yesterday'])(
    'a moment that is not past or cannot be read (%s) is refused',
    async (knownOn) => {
      for (const [url, body] of [
        ['/v1/verifications', { credential, knownOn }],
        ['/v1/accreditation-checks', { issuer: party.did, award: AWARD, knownOn }],
      ] as const) {
        const answer = await on.service.call<{ errors: { pointer: string }[] }>('POST', url, { body });
        expect([answer.status, answer.body.errors[0]!.pointer]).toEqual([400, '/knownOn']);
      }
    },
  );
});
