import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { invite, linksTo, until } from '../people/support/officer.ts';
import { launchBrowser } from '../support/browser.ts';
import { createBrowserTests } from '../support/browser-tests.ts';
import { openService, type TestService } from '../support/service.ts';

const EMAIL = 'registrar@college.example';
let service: TestService;
let browser: Browser | undefined;
const { watch, forgive, inBrowser } = createBrowserTests();

beforeAll(async () => {
  browser = await launchBrowser();
  if (!browser) return;
  service = await openService();
  await service.institution('specimen-college', 'Specimen Coastal College');
  await invite(service, {
    ...{ email: EMAIL, person: 's-17' },
    roles: [
      { institution: 'specimen-college', role: 'issuer' },
      { institution: 'specimen-college', role: 'auditor' },
    ],
  });
  await watch(browser);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await service?.close();
});

/** A platform authenticator that says yes, as the protocol of Chromium's tools has it. */
async function authenticator(shown: Page): Promise<{ cdp: CDPSession; id: string }> {
  const cdp = await shown.context().newCDPSession(shown);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return { cdp, id: authenticatorId };
}

async function fits(shown: Page): Promise<void> {
  const over = await shown.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect([shown.url(), over]).toEqual([shown.url(), 0]);
}

inBrowser('signs in by link, adds a passkey, signs out, and in again with it alone', async (shown) => {
  const { cdp, id } = await authenticator(shown);
  await shown.goto(`${service.publicUrl}/sign-in`);
  await fits(shown);
  await shown.getByLabel('E-mail address of your account').fill(EMAIL);
  await shown.getByRole('button', { name: 'Send me a link' }).click();
  await shown.waitForSelector('text=Look into your mail');
  const token = await until('the link', async () => (await linksTo(service, EMAIL))[0]);
  await shown.goto(`${service.publicUrl}/sign-in/link?token=${token}`);
  await shown.getByRole('button', { name: 'Sign in' }).click();
  await shown.waitForURL(/\/account(?:\?|$)/);
  await fits(shown);
  expect(await shown.locator('main').innerText()).toContain('A link lets you add one');

  await shown.getByLabel('Name of the new passkey').fill('Office laptop');
  await shown.getByRole('button', { name: 'Add a passkey' }).click();
  await shown.waitForSelector('text=Office laptop');
  expect((await cdp.send('WebAuthn.getCredentials', { authenticatorId: id })).credentials).toHaveLength(1);
  await shown.getByRole('button', { name: 'Act as this' }).first().click();
  await shown.waitForSelector('text=Registrar · Specimen Coastal College');
  // A page of the service acts by its session, without a key.
  const read = "fetch('/v1/credentials').then(async (answer) => (await answer.text()) && answer.status)";
  expect(await shown.evaluate(read)).toBe(200);

  await shown.getByRole('button', { name: 'Sign out' }).click();
  await shown.waitForURL(/\/sign-in(?:\?|$)/);
  expect(await shown.evaluate(read)).toBe(401);
  forgive('status of 401');
  await shown.goto(`${service.publicUrl}/sign-in?lang=fil`);
  await shown.getByRole('button', { name: 'Mag-sign in gamit ang passkey' }).click();
  await shown.waitForURL('**/account?lang=fil');
  expect(await shown.locator('main').innerText()).toContain('Office laptop');
  expect(await shown.evaluate(read)).toBe(403);
  forgive('status of 403');
  await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: id });
});

inBrowser('says so when the passkey is not of this service', async (shown) => {
  const { cdp, id } = await authenticator(shown);
  await shown.goto(`${service.publicUrl}/sign-in`);
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false });
  await shown.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await shown.waitForSelector('text=The passkey was not taken');
  expect(new URL(shown.url()).pathname).toBe('/sign-in');
});
