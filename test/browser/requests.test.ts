import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { dataIntegrityKeys } from '../presentation-requests/support/wallet.ts';
import { openWorld, type World } from '../presentation-requests/support/world.ts';
import { launchBrowser } from '../support/browser.ts';
import { createBrowserTests } from '../support/browser-tests.ts';

let on: World;
let browser: Browser | undefined;
const { watch, inBrowser } = createBrowserTests();

beforeAll(async () => {
  browser = await launchBrowser();
  if (!browser) return;
  on = await openWorld();
  await watch(browser);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await on?.close();
});

inBrowser('asks by a code, waits, and shows the answer by itself', async (shown) => {
  const keys = dataIntegrityKeys(on.service.publicUrl);
  const { document } = await on.award(0, keys.did);
  await shown.goto(`${on.service.publicUrl}/requests`);
  await shown.getByLabel('Badges with exactly this name').fill('SPECIMEN Unit One');
  await shown.getByRole('button', { name: 'Make the code' }).click();
  await shown.waitForURL(/\/requests\/[0-9a-z]{26}(?:\?|$)/);
  expect(
    await shown.locator('.qr img').evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
  ).toBeGreaterThan(0);
  const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await shown.evaluate(over)).toBe(0);
  const link = (await shown.locator('a.button').getAttribute('href'))!;
  const asked = await on.wallet.resolve(link.replace('%3Fdevice%3Dsame', ''));
  await on.wallet.submit(asked, { vp_token: await on.wallet.vpToken(asked, [document], keys) });
  // Nobody clicks: the page looks again by itself.
  await shown.getByText('proved to hold the key').waitFor({ timeout: 20_000 });
  expect(await shown.locator('h1').innerText()).toContain('genuine, but no register we trust covers this award');
  expect(await shown.evaluate(over)).toBe(0);
});
