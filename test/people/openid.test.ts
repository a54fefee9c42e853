import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';
import { Browser, invite } from './support/officer.ts';
import { openProvider, type TestProvider } from './support/provider.ts';

const SLUG = 'specimen-college';
const SECRET = 'specimen client secret 0123456789';
let service: TestService;
let provider: TestProvider;
const secrets = mkdtempSync(join(tmpdir(), 'tatak-openid-'));
// The address the provider sends people back to is known before the service is.
const port = 9_000 + (process.pid % 900);
const publicUrl = `http://localhost:${port}`;

beforeAll(async () => {
  provider = await openProvider(`${publicUrl}/sign-in/openid/callback`, SECRET);
  writeFileSync(join(secrets, SLUG), `${SECRET}\n`);
  service = await openService(
    { loopbackOrigins: [{ origin: provider.issuer }] },
    { TATAK_PORT: String(port), TATAK_OPENID_SECRETS: secrets },
  );
  await service.institution(SLUG);
  await service.institution('specimen-institute');
  const body = { issuer: provider.issuer, clientId: 'tatak' };
  const set = await service.call<{ redirectUri: string }>('PUT', `/v1/institutions/${SLUG}/openid-provider`, {
    ...{ key: service.operatorKey, body },
  });
  expect([set.status, set.body.redirectUri]).toEqual([200, `${publicUrl}/sign-in/openid/callback`]);
  await invite(service, {
    email: 'registrar@college.example',
    roles: [
      { institution: SLUG, role: 'issuer' },
      { institution: 'specimen-institute', role: 'issuer' },
    ],
  });
  await invite(service, { email: 'clerk@college.example', roles: [{ institution: SLUG, role: 'auditor' }] });
  await invite(service, {
    email: 'dean@college.example',
    person: 's-2',
    roles: [{ institution: SLUG, role: 'approver' }],
  });
  await invite(service, {
    email: 'other@institute.example',
    roles: [{ institution: 'specimen-institute', role: 'issuer' }],
  });
});
afterAll(async () => {
  await service.close();
  await provider.close();
  rmSync(secrets, { recursive: true });
});

const start = async (browser: Browser): Promise<string> =>
  (await browser.send('GET', `/sign-in/openid?institution=${SLUG}`)).location!;
/** There and back. */
async function signIn(email: string, verified = true): Promise<{ browser: Browser; status: number; back: string }> {
  const browser = new Browser(service);
  provider.claims = { email, email_verified: verified };
  const back = (await provider.signIn(await start(browser))).slice(publicUrl.length);
  return {
    browser,
    back,
    status: (await browser.send('GET', back, undefined, { 'sec-fetch-site': 'cross-site' })).status,
  };
}

describe("an institution's OpenID provider", () => {
  it('is asked by code flow with PKCE, state and nonce', async () => {
    const url = new URL(await start(new Browser(service)));
    expect(url.origin).toBe(provider.issuer);
    const asked = Object.fromEntries(url.searchParams);
    expect(asked).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', scope: 'openid email' });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await new Browser(service).send('GET', '/sign-in')).text).toContain(`institution=${SLUG}`);
  });

  it('signs in an account that has a role there, to act there and nowhere else', async () => {
    const { browser, status } = await signIn('Registrar@College.example');
    expect(status).toBe(303);
    expect((await browser.session()).body).toMatchObject({
      assurance: 'openid',
      actingAs: { institution: SLUG, role: 'issuer' },
    });
    expect((await browser.send('GET', '/v1/credentials')).status).toBe(200);
    expect((await browser.act('specimen-institute', 'issuer')).status).toBe(403);
    const add = await browser.send('POST', '/v1/session/passkey-challenge', { purpose: 'add' });
    expect(add.status).toBe(403);
  });

  it('does not make an approver', async () => {
    const { browser } = await signIn('dean@college.example');
    expect((await browser.send('GET', '/v1/approvals')).status).toBe(403);
    const refused = await browser.act(SLUG, 'approver');
    expect([refused.status, refused.body.detail]).toEqual([403, 'this role needs a passkey']);
  });

  it.each([
    ['an address it has not verified', 'registrar@college.example', false],
    ['nobody of ours', 'nobody@college.example', true],
    ['an account of another institution', 'other@institute.example', true],
    ['no address', 'x', true],
    // The Kelvin sign is a `k` in lower case, and another mailbox.
    ['an address that only looks like one', 'clerK@college.example'.replace('K', '\u212a'), true],
  ])('signs in not %s', async (_, email, verified) => {
    const { browser, status } = await signIn(email, verified);
    expect([status, (await browser.session()).status]).toEqual([400, 401]);
  });

  it('answers once, in the browser that asked, with the state it was given', async () => {
    const { browser, back } = await signIn('registrar@college.example');
    expect((await browser.send('GET', back)).status).toBe(400);
    const stolen = new Browser(service);
    provider.claims = { email: 'registrar@college.example', email_verified: true };
    const theirs = (await provider.signIn(await start(new Browser(service)))).slice(publicUrl.length);
    await start(stolen);
    expect((await stolen.send('GET', theirs)).status).toBe(400);
    const own = new Browser(service);
    const mine = new URL(await provider.signIn(await start(own)));
    mine.searchParams.set('state', 'A'.repeat(43));
    expect((await own.send('GET', mine.href.slice(publicUrl.length))).status).toBe(400);
    const code = new Browser(service);
    const good = new URL(await provider.signIn(await start(code)));
    good.searchParams.set('code', new URL(mine).searchParams.get('code')!);
    // A code of somebody else's sign-in: the verifier of this one does not open it.
    expect((await code.send('GET', good.href.slice(publicUrl.length))).status).toBe(400);
  });

  it('is set with an https address, and keeps its secret out of the store', async () => {
    const put = (issuer: string) =>
      service.call('PUT', `/v1/institutions/${SLUG}/openid-provider`, {
        ...{ key: service.operatorKey, body: { issuer, clientId: 'tatak' } },
      });
    for (const issuer of ['not an address', 'ftp://x.example', 'https://x.example/?a=b', 'https://x.example/#a']) {
      expect([issuer, (await put(issuer)).status]).toEqual([issuer, 400]);
    }
    // An address that may not be fetched is not fetched.
    expect((await put('http://127.0.0.1:1')).status).toBe(200);
    expect((await new Browser(service).send('GET', `/sign-in/openid?institution=${SLUG}`)).status).toBe(503);
    const url = `/v1/institutions/${SLUG}/openid-provider`;
    expect((await service.call('DELETE', url, { key: service.operatorKey })).status).toBe(204);
    expect((await new Browser(service).send('GET', `/sign-in/openid?institution=${SLUG}`)).status).toBe(404);
  });
});
