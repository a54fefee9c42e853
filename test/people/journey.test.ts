import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';
import { Authenticator } from './support/authenticator.ts';
import { Browser, invite, officer } from './support/officer.ts';

let service: TestService;
let achievementId: string;
beforeAll(async () => {
  service = await openService();
  const { issuer } = await service.institution('specimen-college');
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement: { name: 'SPECIMEN A', description: 'D', criteria: { narrative: 'N' } } },
  });
  achievementId = made.body.achievementId;
});
afterAll(() => service.close());

describe('an officer', () => {
  it('is invited, signs in by link, adds a passkey, awards, signs out, and comes back by passkey', async () => {
    const email = 'registrar@college.example';
    const roles = [{ institution: 'specimen-college', role: 'issuer' as const }];
    const accountId = await invite(service, { email, person: 'S-17', roles });
    const browser = new Browser(service);
    await browser.signInByLink(email);
    // A link is enough for a passkey, and for nothing else.
    expect((await browser.session()).body).toMatchObject({ assurance: 'link', account: { id: accountId, email } });
    const early = await browser.send('GET', '/v1/credentials');
    expect([early.status, early.body.type]).toEqual([403, 'urn:tatak:problem:forbidden']);

    const authenticator = new Authenticator(service.publicUrl);
    expect((await browser.addPasskey(authenticator)).status).toBe(201);
    expect((await browser.session()).body).toMatchObject({
      assurance: 'passkey',
      actingAs: { institution: 'specimen-college', role: 'issuer' },
    });
    const issued = await browser.send('POST', '/v1/credentials', { achievementId, recipients: [{ name: 'Amihan' }] });
    expect([issued.status, issued.text]).toEqual([201, expect.any(String)]);
    const key = await service.key('specimen-college', 'auditor');
    const audit = await service.call<{ items: { operation: string; actor: string }[] }>('GET', '/v1/audit', { key });
    expect(
      audit.body.items.filter(({ actor }) => actor === `account:${accountId}`).map(({ operation }) => operation),
    ).toContain('credential.prepare');

    expect((await browser.send('DELETE', '/v1/session')).status).toBe(204);
    expect((await browser.send('GET', '/v1/credentials')).status).toBe(401);
    expect((await browser.usePasskey(authenticator)).status).toBe(200);
    expect((await browser.send('GET', '/v1/credentials')).status).toBe(200);
  });

  it('with an Ed25519 passkey and two roles acts in the one chosen', async () => {
    const { browser } = await officer(
      service,
      {
        email: 'dean@college.example',
        person: 'S-2',
        roles: [
          { institution: 'specimen-college', role: 'approver' },
          { institution: 'specimen-college', role: 'auditor' },
        ],
      },
      'EdDSA',
    );
    const none = await browser.send('GET', '/v1/approvals');
    expect([none.status, none.body.detail]).toEqual([403, expect.stringContaining('choose a role')]);
    expect((await browser.act('specimen-college', 'auditor')).body.actingAs).toEqual({
      institution: 'specimen-college',
      role: 'auditor',
    });
    expect((await browser.send('GET', '/v1/approvals')).status).toBe(200);
    expect((await browser.send('GET', '/v1/audit')).status).toBe(200);
    await browser.act('specimen-college', 'approver');
    expect((await browser.send('GET', '/v1/audit')).status).toBe(403);
    expect((await browser.act('specimen-college', 'issuer')).status).toBe(403);
    expect((await browser.act('no-such', 'auditor')).status).toBe(403);
  });
});
