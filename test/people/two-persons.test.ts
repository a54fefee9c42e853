import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';
import { officer } from './support/officer.ts';

type Send = (
  method: 'POST' | 'GET',
  url: string,
  body?: object,
) => Promise<{ status: number; body: Record<string, unknown> }>;
/** Whoever prepares or approves: by a key or by an account, as one of these persons. */
interface Actor {
  send: Send;
  person: string | undefined;
  id: string;
}

let service: TestService;
let achievementId: string;
const makers: Actor[] = [];
const checkers: Actor[] = [];
const both = 'specimen-college';

beforeAll(async () => {
  service = await openService();
  const { issuer } = await service.institution(both);
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement: { name: 'SPECIMEN A', description: 'D', criteria: { narrative: 'N' } } },
  });
  achievementId = made.body.achievementId;
  await service.call('PUT', `/v1/institutions/${both}/issuing-policy`, {
    ...{ key: service.operatorKey, body: { approval: 'two-person' } },
  });
  const key = async (role: 'issuer' | 'approver', person: string): Promise<Actor> => {
    const text = await service.key(both, role, person);
    return {
      id: `key of ${person}`,
      person: person.toLowerCase(),
      send: (method, url, body) => service.call(method, url, { key: text, body }),
    };
  };
  const account = async (email: string, person: string): Promise<Record<'maker' | 'checker', Actor>> => {
    const roles = (['issuer', 'approver'] as const).map((role) => ({ institution: both, role }));
    const { browser } = await officer(service, { email, person, roles });
    const as =
      (role: 'issuer' | 'approver'): Send =>
      async (...args) => {
        await browser.act(both, role);
        return browser.send(...args);
      };
    const shown = { person: person.toLowerCase(), id: email };
    return { maker: { ...shown, send: as('issuer') }, checker: { ...shown, send: as('approver') } };
  };
  makers.push(await key('issuer', 'S-1'), await key('issuer', 'S-2'));
  checkers.push(await key('approver', 's-1'), await key('approver', 'S-2'));
  // Two accounts of one person, and one of another.
  for (const [email, person] of [
    ['one@college.example', 's-1'],
    ['one.too@college.example', 'S-1'],
    ['two@college.example', 's-2'],
  ] as const) {
    const { maker, checker } = await account(email, person);
    makers.push(maker);
    checkers.push(checker);
  }
});
afterAll(() => service.close());

describe('two persons', () => {
  it('approve what keys and accounts prepared: the same person never does, by whatever key or account', async () => {
    const seen: [string, string, number][] = [];
    for (const maker of makers) {
      for (const checker of checkers) {
        const prepared = await maker.send('POST', '/v1/credentials', { achievementId, recipients: [{}] });
        expect(prepared.status).toBe(202);
        const { id } = prepared.body.approval as { id: string };
        const decided = await checker.send('POST', `/v1/approvals/${id}/decision`, { decision: 'approve' });
        const same = maker.person === checker.person;
        const expected = same ? [403, 'urn:tatak:problem:same-person'] : [201, undefined];
        expect([maker.id, checker.id, decided.status, decided.body.type]).toEqual([maker.id, checker.id, ...expected]);
        seen.push([maker.id, checker.id, decided.status]);
      }
    }
    expect(seen).toHaveLength(25);
    expect(seen.filter(([, , status]) => status === 403)).toHaveLength(13);
  });

  it('are named with their account', async () => {
    const auditor = await service.key(both, 'auditor');
    const list = await service.call<{ items: { preparedBy: object; decidedBy?: object }[] }>('GET', '/v1/approvals', {
      key: auditor,
    });
    const byAccount = list.body.items.filter(({ preparedBy }) => 'account' in preparedBy);
    expect(byAccount.length).toBeGreaterThan(0);
    for (const { preparedBy } of byAccount) {
      expect(preparedBy).toEqual({
        account: expect.stringMatching(/^[0-9a-z]{26}$/),
        person: expect.stringMatching(/^s-[12]$/),
      });
    }
  });

  it('are not one account without a person', async () => {
    const { browser } = await officer(service, {
      email: 'nobody@college.example',
      roles: [{ institution: both, role: 'issuer' }],
    });
    const refused = await browser.send('POST', '/v1/credentials', { achievementId, recipients: [{}] });
    expect([refused.status, refused.body.type]).toEqual([403, 'urn:tatak:problem:person-required']);
  });
});
