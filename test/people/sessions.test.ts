import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';
import { type Answer, Browser, officer } from './support/officer.ts';

let service: TestService;
let now = new Date('2026-06-01T00:00:00Z');
beforeAll(async () => {
  service = await openService({ clock: { now: () => now } });
  await service.institution('specimen-college');
  await service.institution('specimen-institute');
});
afterAll(() => service.close());

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const manage = (method: 'POST' | 'DELETE', url: string) => service.call(method, url, { key: service.operatorKey });
let count = 0;
const registrar = (roles = [{ institution: 'specimen-college', role: 'issuer' as const }]) =>
  officer(service, { email: `r${++count}@college.example`, person: `r-${count}`, roles });
const works = async (browser: Browser): Promise<number> => (await browser.send('GET', '/v1/credentials')).status;

describe('a session', () => {
  it('ends after half an hour without use, and after twelve hours of use', async () => {
    const { browser, authenticator } = await registrar();
    for (let minutes = 0; minutes < 12 * 60 - 29; minutes += 29) {
      expect([minutes, await works(browser)]).toEqual([minutes, 200]);
      later(29);
    }
    later(29);
    expect(await works(browser)).toBe(401);
    await browser.usePasskey(authenticator);
    later(30);
    expect(await works(browser)).toBe(401);
  });

  it('is one of several, each of which can be ended from another', async () => {
    const { browser, authenticator } = await registrar();
    const second = new Browser(service);
    await second.usePasskey(authenticator);
    const mine = (await second.session()).body.id;
    expect((await browser.form('/account', { action: 'endSession', id: mine })).status).toBe(303);
    expect([await works(browser), await works(second)]).toEqual([200, 401]);
    const stranger = await registrar();
    const theirs = (await browser.session()).body.id;
    expect((await stranger.browser.form('/account', { action: 'endSession', id: theirs })).status).toBe(404);
    expect(await works(browser)).toBe(200);
  });

  it('has another text after every step up: the one before is worth nothing', async () => {
    const { browser, authenticator, email } = await registrar();
    const before = new Map(browser.cookies);
    await browser.usePasskey(authenticator);
    const old = new Browser(service);
    for (const [name, value] of before) old.cookies.set(name, value);
    expect((await old.session()).status).toBe(401);
    expect((await browser.session()).body.account.email).toBe(email);
  });

  it('ends with the role, and with the account', async () => {
    const both = [
      { institution: 'specimen-college', role: 'issuer' as const },
      { institution: 'specimen-institute', role: 'issuer' as const },
    ];
    const { browser, authenticator, accountId } = await registrar(both);
    await browser.act('specimen-college', 'issuer');
    const account = await service.call<{ roles: { id: string; institution: string }[] }>(
      'GET',
      `/v1/accounts/${accountId}`,
      {
        key: service.operatorKey,
      },
    );
    const role = account.body.roles.find(({ institution }) => institution === 'specimen-college')!;
    expect((await manage('DELETE', `/v1/accounts/${accountId}/roles/${role.id}`)).status).toBe(200);
    expect(await works(browser)).toBe(401);
    await browser.usePasskey(authenticator);
    expect((await browser.session()).body.actingAs).toEqual({ institution: 'specimen-institute', role: 'issuer' });
    expect((await browser.act('specimen-college', 'issuer')).status).toBe(403);
    expect((await manage('DELETE', `/v1/accounts/${accountId}`)).status).toBe(200);
    expect(await works(browser)).toBe(401);
    expect((await browser.usePasskey(authenticator)).status).toBe(401);
  });

  it('acts from pages of the service only', async () => {
    const { browser } = await registrar();
    const post = (headers: Record<string, string | undefined>): Promise<Answer> =>
      browser.send(
        'POST',
        '/v1/credentials',
        { achievementId: '0123456789abcdefghjkmnpqrs', recipients: [{}] },
        headers,
      );
    for (const [headers, expected] of [
      [{}, 400],
      [{ origin: 'null' }, 400],
      [{ 'sec-fetch-site': undefined }, 400],
      [{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
      [{ origin: 'https://evil.example' }, 403],
      [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
      [{ origin: 'null', 'sec-fetch-site': 'same-site' }, 403],
      [{ origin: 'null', 'sec-fetch-site': undefined }, 403],
      [{ origin: undefined, 'sec-fetch-site': undefined }, 403],
      [{ origin: `${service.publicUrl}.evil.example`, 'sec-fetch-site': undefined }, 403],
      [{ 'sec-fetch-site': 'none' }, 403],
    ] as const) {
      expect([headers, (await post(headers)).status]).toEqual([headers, expected]);
    }
    for (const [method, url] of [
      ['POST', '/v1/session'],
      ['DELETE', '/v1/session'],
      ['POST', '/v1/session/passkey-challenge'],
    ] as const) {
      const body = method === 'POST' ? { purpose: 'use' } : undefined;
      const answer = await browser.send(method, url, body, {
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
      });
      expect([url, answer.status]).toEqual([url, 403]);
    }
    expect(await works(browser)).toBe(200);
  });

  it('of two texts under one name is none', async () => {
    const { browser } = await registrar();
    const value = browser.cookies.get('tatak-session')!;
    const answer = await service.call('GET', '/v1/credentials', {
      headers: { cookie: `tatak-session=${value}; tatak-session=${'A'.repeat(43)}` },
    });
    expect(answer.status).toBe(401);
  });

  it('says nothing to scripts or to other sites', async () => {
    const { authenticator } = await registrar();
    const browser = new Browser(service);
    const credential = authenticator.get(await browser.options('use'));
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await service.server.inject({
      ...{ method: 'POST', url: '/v1/session/passkey', payload: { credential } },
      headers: { cookie, origin: service.publicUrl },
    });
    expect(answer.headers['set-cookie']).toMatch(/^tatak-session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    const read = await service.server.inject({ url: '/v1/session', headers: { origin: 'https://evil.example' } });
    expect(read.headers['access-control-allow-origin']).toBeUndefined();
  });
});
