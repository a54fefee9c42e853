import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type DecidingWorld, decidingWorld, type Shown, TODAY } from '../equivalences/support/world.ts';
import { launchBrowser } from '../support/browser.ts';
import { createBrowserTests } from '../support/browser-tests.ts';

let on: DecidingWorld;
let browser: Browser | undefined;
let appealed: Shown;
let replaced: Shown;
const { watch, inBrowser } = createBrowserTests();

beforeAll(async () => {
  browser = await launchBrowser();
  if (!browser) return;
  on = await decidingWorld();
  appealed = await on.decide({ cap: '6' });
  await on.post(`/v1/equivalences/${appealed.id}/events`, { type: 'appealed', reason: 'An outcome was overlooked' });
  const long = 'https://university.example/achievements/with-an-address-that-is-longer-than-a-telephone-is-wide';
  replaced = await on.decide({ to: { mode: 'block', achievements: [on.course, long] }, category: 'Elective' });
  await on.decide({ supersedes: replaced.url, validFrom: TODAY });
  await watch(browser);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await on?.service.close();
});

inBrowser('leads from a decision that was replaced to the later one, and to the achievement', async (shown) => {
  await shown.goto(`${on.service.publicUrl}/equivalences/${replaced.id}`);
  expect(await shown.locator('section.standing').innerText()).toContain('Replaced');
  await shown.locator('section.standing').getByRole('link', { name: 'a later decision' }).click();
  await shown.waitForURL((url) => !url.pathname.endsWith(replaced.id));
  expect(await shown.locator('section.standing').innerText()).toContain('In force');
  expect(await shown.locator('table.matching tbody tr').count()).toBe(3);
  await shown.getByRole('link', { name: 'SPECIMEN Designing online assessment' }).click();
  await shown.waitForURL(/\/achievements\//);
});

inBrowser('needs no sideways scrolling, narrow or wide, in any language or colour scheme', async (shown) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await shown.emulateMedia({ colorScheme });
    for (const width of [1280, 360]) {
      await shown.setViewportSize({ width, height: 900 });
      for (const path of [appealed, replaced].flatMap(({ id }) => [
        `/equivalences/${id}`,
        `/equivalences/${id}?lang=fil`,
      ])) {
        const answer = await shown.goto(on.service.publicUrl + path);
        expect(answer?.status()).toBe(200);
        const over = await shown.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect([path, width, over]).toEqual([path, width, 0]);
      }
    }
  }
});
