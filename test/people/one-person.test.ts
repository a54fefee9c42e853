import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#auth';
import { openService, type TestService } from '../support/service.ts';
import { invite, type Officer, officer } from './support/officer.ts';

/** Every way in which one person could be both who prepares an award and who approves it. */
const SLUG = 'specimen-college';
let service: TestService;
let achievementId: string;
let operator: Officer;
let count = 0;

beforeAll(async () => {
  service = await openService();
  const { issuer } = await service.institution(SLUG);
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement: { name: 'SPECIMEN A', description: 'D', criteria: { narrative: 'N' } } },
  });
  achievementId = made.body.achievementId;
  await service.call('PUT', `/v1/institutions/${SLUG}/issuing-policy`, {
    ...{ key: service.operatorKey, body: { approval: 'two-person' } },
  });
  operator = await make('op-1', ['system', 'operator']);
}, 60_000);
afterAll(() => service.close());

const make = (person: string, ...roles: [string, Role][]) =>
  officer(service, {
    ...{ email: `o${++count}@college.example`, person },
    roles: roles.map(([institution, role]) => ({ institution, role })),
  });

/** What became of an award that the one prepared and the other approved. */
async function tried(maker: Officer, checker: Officer): Promise<[number, string | undefined]> {
  await maker.browser.act(SLUG, 'issuer');
  const prepared = await maker.browser.send('POST', '/v1/credentials', { achievementId, recipients: [{}] });
  expect(prepared.status).toBe(202);
  await checker.browser.act(SLUG, 'approver');
  const { id } = prepared.body.approval;
  const decided = await checker.browser.send('POST', `/v1/approvals/${id}/decision`, { decision: 'approve' });
  return [decided.status, decided.body.type];
}
const SAME = [403, 'urn:tatak:problem:same-person'];

describe('one person does not approve their own award', () => {
  it('by giving themselves the other role, as an operator can', async () => {
    for (const role of ['issuer', 'approver']) {
      const granted = await operator.browser.send('POST', `/v1/accounts/${operator.accountId}/roles`, {
        ...{ institution: SLUG, role },
      });
      expect(granted.status).toBe(201);
      await operator.browser.usePasskey(operator.authenticator);
      await operator.browser.act('system', 'operator');
    }
    expect(await tried(operator, operator)).toEqual(SAME);
  });

  it('by a second account under another address, as long as it says who they are', async () => {
    const other = await make('OP-1', [SLUG, 'approver']);
    expect(await tried(operator, other)).toEqual(SAME);
  });

  it('by another spelling of their address or of their person', async () => {
    const email = `kim${++count}@college.example`;
    await invite(service, { email, person: 'kim', roles: [{ institution: SLUG, role: 'approver' }] });
    const again = (given: string, person = 'kim') =>
      service.call<{ pointer?: string }>('POST', '/v1/accounts', {
        ...{ key: service.operatorKey, body: { email: given, person, roles: [] } },
      });
    expect((await again(email.toUpperCase())).status).toBe(409);
    expect((await again(` ${email} `)).status).toBe(409);
    // Kelvin sign, full-width letters, dotless i, soft hyphen.
    for (const given of [email.replace('k', '\u212a'), email.replace('k', '\uff4b'), email.replace('i', '\u0131')]) {
      expect([given, (await again(given)).body.pointer]).toEqual([given, '/email']);
    }
    expect((await again(`k\u00adim${count}@college.example`)).body.pointer).toBe('/email');
    for (const person of ['k\u0131m', '\u212aim', 'kim ', 'ki\u200bm']) {
      expect([person, (await again('x@college.example', person)).body.pointer]).toEqual([person, '/person']);
    }
  });

  it('by switching the role of one session', async () => {
    const both = await make('s-9', [SLUG, 'issuer'], [SLUG, 'approver']);
    expect(await tried(both, both)).toEqual(SAME);
  });

  it('by taking over the account of the other: it acts for nobody, and its owner is told', async () => {
    const victim = await make('s-10', [SLUG, 'approver']);
    const url = `/v1/accounts/${victim.accountId}/recovery`;
    await operator.browser.act('system', 'operator');
    expect((await operator.browser.send('POST', url)).status).toBe(200);
    // Who started it does not confirm it, by whatever key or account.
    const key = await service.call<{ secret: string }>('POST', '/v1/api-keys', {
      key: service.operatorKey,
      body: { institution: SLUG, role: 'issuer', label: 'mine', person: 'Op-1' },
    });
    const byKey = await service.call('POST', `${url}/confirmation`, { key: key.body.secret });
    expect(byKey.status).toBe(403);
    expect((await operator.browser.send('POST', `${url}/confirmation`)).status).toBe(403);
    // Nor after a key that names nobody has started it again: it may be theirs.
    expect((await service.call('POST', url, { key: service.operatorKey })).status).toBe(200);
    const confirmed = await operator.browser.send('POST', `${url}/confirmation`);
    expect([confirmed.status, confirmed.body.type]).toEqual([403, 'urn:tatak:problem:person-required']);
  });

  it('while two who are two do', async () => {
    const checker = await make('s-11', [SLUG, 'approver']);
    expect((await tried(operator, checker))[0]).toBe(201);
  });
});
