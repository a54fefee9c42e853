import { createServer, type Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Offered, offering } from '../oauth/support/offers.ts';
import { authorization, authorizeUrl, pkce, register, tokenByCode } from '../oauth/support/wallet.ts';
import { bearer, openWorld, SLUG } from '../oauth/support/world.ts';
import { launchBrowser } from '../support/browser.ts';
import { createBrowserTests } from '../support/browser-tests.ts';
import { mailTo, outbox } from '../support/outbox.ts';
import { newPort } from '../support/service.ts';

let world: Awaited<ReturnType<typeof openWorld>>;
let offered: (confirmation?: 'email', email?: string) => Promise<Offered>;
let browser: Browser | undefined;
let wallet: Server;
/** What the wallet's own address was asked for. */
const called: URL[] = [];
const callback = `http://127.0.0.1:${newPort()}/callback`;
const { watch, forgive, inBrowser } = createBrowserTests();

beforeAll(async () => {
  browser = await launchBrowser();
  if (!browser) return;
  world = await openWorld();
  offered = await offering(world, await world.key(SLUG, 'issuer'));
  wallet = createServer((request, response) => {
    called.push(new URL(request.url!, callback));
    response.setHeader('content-type', 'text/html').end('<title>Wallet</title><h1>The wallet has its answer</h1>');
  });
  await new Promise<void>((resolve) => wallet.listen(Number(new URL(callback).port), '127.0.0.1', resolve));
  await watch(browser);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  wallet?.close();
  await world?.close();
});

async function fits(shown: Page): Promise<void> {
  const over = await shown.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect([shown.url(), over]).toEqual([shown.url(), 0]);
}

/** A wallet on this machine begins, and the browser stands before the page. */
async function begin(shown: Page, { secret }: Offered) {
  const { body } = await register(world, { client_name: 'Pitaka', redirect_uris: [callback] });
  const { verifier, challenge } = pkce();
  const params = authorization(body.client_id, secret, challenge, { redirect_uri: callback });
  await shown.goto(world.publicUrl + authorizeUrl(params));
  await shown.waitForURL('**/oauth/interaction/**');
  await fits(shown);
  return { verifier, clientId: body.client_id as string };
}

inBrowser('leads from a wallet over mail and consent back to the wallet, and to its token', async (shown) => {
  const badge = await offered();
  const { verifier, clientId } = await begin(shown, badge);
  expect(await shown.locator('main').innerText()).toContain('It calls itself “Pitaka”; nobody checked that.');
  expect(await shown.locator('main code').innerText()).toBe(new URL(callback).origin);
  const before = (await outbox(world, badge.email)).length;
  await shown.getByRole('button', { name: 'Send me a code' }).click();
  const code = /\b\d{6}\b/.exec((await mailTo(world, badge.email, before)).text!)![0];
  await shown.getByLabel('The code from the mail').fill(code === '000000' ? '000001' : '000000');
  await shown.getByRole('button', { name: 'Go on' }).click();
  expect(await shown.getByRole('alert').innerText()).toContain('not the code');
  await fits(shown);
  await shown.getByLabel('The code from the mail').fill(code);
  await shown.getByRole('button', { name: 'Go on' }).click();
  await shown.getByRole('button', { name: 'Give it to this wallet' }).waitFor();
  await fits(shown);
  // Over two redirects of this service to another origin: browsers hold each against the policy of the page.
  await shown.getByRole('button', { name: 'Give it to this wallet' }).click();
  await shown.getByText('The wallet has its answer').waitFor();
  const answer = called.at(-1)!.searchParams;
  expect([answer.get('iss'), answer.get('state'), answer.has('error')]).toEqual([world.publicUrl, 'S', false]);
  const fields = { client_id: clientId, code: answer.get('code')!, code_verifier: verifier, redirect_uri: callback };
  const { status, body } = await tokenByCode(world, fields);
  expect(status).toBe(200);
  const token = await world.app.oauth.walletToken(bearer(body.access_token), world.issuer);
  expect(token?.offerId).toBe(badge.offerId);
});

inBrowser('takes a no for an answer, in Filipino too', async (shown) => {
  await begin(shown, await offered());
  await shown.getByRole('link', { name: 'Filipino' }).click();
  await fits(shown);
  await shown.getByRole('button', { name: 'Huwag, itigil dito' }).click();
  await shown.getByText('The wallet has its answer').waitFor();
  const answer = called.at(-1)!.searchParams;
  expect([answer.get('error'), answer.has('code'), answer.get('iss')]).toEqual([
    'access_denied',
    false,
    world.publicUrl,
  ]);
});

inBrowser('keeps a wrong request, and the wallet’s address is not asked', async (shown) => {
  const asked = called.length;
  const { body } = await register(world, { redirect_uris: [callback] });
  const { secret } = await offered();
  const right = authorization(body.client_id, secret, pkce().challenge, { redirect_uri: callback });
  for (const [more, words] of [
    [{ response_type: 'token' }, 'asked in a wrong way'],
    [{ code_challenge_method: 'plain' }, 'asked in a wrong way'],
    [{ redirect_uri: `${callback}/other` }, 'an address it never named'],
    [{ issuer_state: 'x'.repeat(32) }, 'asked in a wrong way'],
  ] as const) {
    await shown.goto(world.publicUrl + authorizeUrl({ ...right, ...more }));
    expect(await shown.locator('h1').innerText()).toContain(words);
    await fits(shown);
  }
  await shown.getByRole('link', { name: 'Filipino' }).click();
  expect(await shown.locator('h1').innerText()).toContain('Mali ang paghingi ng wallet');
  await shown.goto(`${world.publicUrl}/oauth/interaction/nothing`);
  expect(await shown.locator('h1').innerText()).toContain('This request of a wallet is over');
  forgive('status of 4');
  expect(called.length).toBe(asked);
});
