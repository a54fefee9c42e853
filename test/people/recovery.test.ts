import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '#auth';
import { outbox } from '../support/outbox.ts';
import { openService, type TestService } from '../support/service.ts';
import { Authenticator } from './support/authenticator.ts';
import { Browser, type Officer, officer, until } from './support/officer.ts';

const SLUG = 'specimen-college';
let service: TestService;
let now = new Date('2026-06-01T00:00:00Z');
let lost: Officer;
let operator: Officer;
let colleague: Officer;
let count = 0;

beforeAll(async () => {
  service = await openService({ clock: { now: () => now } });
  await service.institution(SLUG);
  await service.institution('specimen-institute');
});
afterAll(() => service.close());

const make = (person: string, ...roles: [string, Role][]) =>
  officer(service, {
    email: `${person}-${count}@college.example`,
    person: `${person}-${count}`,
    roles: roles.map(([institution, role]) => ({ institution, role })),
  });

beforeEach(async () => {
  count++;
  now = new Date(now.getTime() + 3 * 3_600_000);
  lost = await make('lost', [SLUG, 'approver'], [SLUG, 'issuer'], [SLUG, 'auditor']);
  operator = await make('operator', ['system', 'operator']);
  colleague = await make('colleague', [SLUG, 'issuer']);
});

const recover = (by: Officer) => by.browser.send('POST', `/v1/accounts/${lost.accountId}/recovery`);
const confirm = (by: Officer) => by.browser.send('POST', `/v1/accounts/${lost.accountId}/recovery/confirmation`);
const act = async (browser: Browser, role: Role) => (await browser.act(SLUG, role)).status;

/** What whoever reads the mail can do. */
async function again(): Promise<Browser> {
  const browser = new Browser(service);
  await browser.signInByLink(lost.email);
  const added = await browser.addPasskey(new Authenticator(service.publicUrl));
  expect(added.status).toBe(201);
  return browser;
}

describe('a recovery', () => {
  it('removes the passkeys, ends the sessions, and tells the owner by mail', async () => {
    await lost.browser.act(SLUG, 'approver');
    const answer = await recover(operator);
    expect([answer.status, answer.body.passkeys]).toEqual([200, 0]);
    expect((await lost.browser.session()).status).toBe(401);
    expect((await lost.browser.usePasskey(lost.authenticator)).status).toBe(401);
    await until('the message', async () =>
      (await outbox(service, lost.email)).find(({ text = '' }) => text.includes('were removed')),
    );
  });

  it('leaves an account that acts for nobody: neither as maker nor as checker', async () => {
    await recover(operator);
    const browser = await again();
    expect([await act(browser, 'approver'), await act(browser, 'issuer'), await act(browser, 'auditor')]).toEqual([
      403, 403, 200,
    ]);
    now = new Date(now.getTime() + 3_600_000 * 23);
    expect((await browser.session()).status).toBe(401);
  });

  it('is over after a day', async () => {
    const answer = await recover(operator);
    now = new Date(Date.parse(answer.body.heldUntil) - 1_000);
    const browser = await again();
    expect(await act(browser, 'approver')).toBe(403);
    now = new Date(Date.parse(answer.body.heldUntil));
    expect(await act(browser, 'approver')).toBe(200);
  });

  it('is over when a second officer confirms it, who is neither of the two', async () => {
    await recover(operator);
    const browser = await again();
    // Whoever started it, also by another account; the owner; somebody of elsewhere.
    await service.call('PATCH', `/v1/accounts/${operator.accountId}`, {
      key: service.operatorKey,
      body: { person: 'x' },
    });
    expect((await confirm(operator)).status).toBe(403);
    const twin = await officer(service, {
      ...{ email: `twin-${count}@college.example`, person: `operator-${count}` },
      roles: [{ institution: SLUG, role: 'issuer' }],
    });
    expect([(await confirm(twin)).body.type]).toEqual(['urn:tatak:problem:same-person']);
    const elsewhere = await make('elsewhere', ['specimen-institute', 'issuer']);
    expect((await confirm(elsewhere)).status).toBe(404);
    const auditor = await make('auditor', [SLUG, 'auditor']);
    expect((await confirm(auditor)).status).toBe(403);
    const key = await service.key(SLUG, 'issuer', `Lost-${count}`);
    const own = await service.call('POST', `/v1/accounts/${lost.accountId}/recovery/confirmation`, { key });
    expect(own.status).toBe(403);
    const unnamed = await service.key(SLUG, 'issuer');
    expect(
      (
        await service.call<{ type: string }>('POST', `/v1/accounts/${lost.accountId}/recovery/confirmation`, {
          key: unnamed,
        })
      ).body.type,
    ).toBe('urn:tatak:problem:person-required');
    expect(await act(browser, 'approver')).toBe(403);

    expect((await confirm(colleague)).status).toBe(200);
    expect([await act(browser, 'approver'), await act(browser, 'issuer')]).toEqual([200, 200]);
    expect((await confirm(colleague)).status).toBe(409);
  });

  it('by a key that names nobody is confirmed by nobody: it may be whoever would confirm', async () => {
    const { status } = await service.call('POST', `/v1/accounts/${lost.accountId}/recovery`, {
      key: service.operatorKey,
    });
    expect(status).toBe(200);
    expect(
      (await service.call('POST', `/v1/accounts/${lost.accountId}/recovery/confirmation`, { key: service.operatorKey }))
        .status,
    ).toBe(403);
    for (const one of [operator, colleague]) {
      expect((await confirm(one)).body.type).toBe('urn:tatak:problem:person-required');
    }
    expect(await act(await again(), 'approver')).toBe(403);
  });

  it('once more begins the day again', async () => {
    await recover(operator);
    await confirm(colleague);
    await recover(operator);
    expect(await act(await again(), 'approver')).toBe(403);
  });

  it('is started by operators only, and by nobody for themselves', async () => {
    expect((await recover(colleague)).status).toBe(403);
    const mine = await operator.browser.send('POST', `/v1/accounts/${operator.accountId}/recovery`);
    expect([mine.status, mine.body.type]).toEqual([403, 'urn:tatak:problem:same-person']);
  });
});

describe('an account', () => {
  const send = (method: 'POST' | 'PATCH', url: string, body: object) =>
    service.call<Record<string, never>>(method, url, { key: service.operatorKey, body });

  it('is somebody once and for all', async () => {
    const url = `/v1/accounts/${lost.accountId}`;
    expect((await send('PATCH', url, { person: 'Someone-else' })).status).toBe(409);
    expect((await send('PATCH', url, { person: `LOST-${count}` })).status).toBe(200);
  });

  it('is not made twice, for nobody, or for roles that do not exist', async () => {
    const bad: [object, number, string?][] = [
      [{ email: lost.email.toUpperCase(), roles: [] }, 409],
      [{ email: 'x', roles: [] }, 400, '/email'],
      [{ email: 'x@college.example', roles: [{ institution: SLUG, role: 'operator' }] }, 400, '/roles/0/institution'],
      [{ email: 'x@college.example', roles: [{ institution: 'system', role: 'issuer' }] }, 400, '/roles/0/institution'],
      [
        { email: 'x@college.example', roles: [{ institution: 'no-such', role: 'issuer' }] },
        400,
        '/roles/0/institution',
      ],
      [{ email: 'x@college.example', roles: [{ institution: SLUG, role: 'approver' }] }, 400, '/person'],
      [{ email: 'x@college.example', person: 'Maria Clara', roles: [] }, 400, '/person'],
    ];
    for (const [body, status, pointer] of bad) {
      const answer = await send('POST', '/v1/accounts', body);
      expect([body, answer.status, answer.body.pointer]).toEqual([body, status, pointer]);
    }
  });
});
