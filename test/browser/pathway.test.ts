import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { createBrowserTests } from '../support/browser-tests.ts';
import { type PathwayWorld, pathwayWorld } from '../support/pathway-world.ts';

let world: PathwayWorld;
let browser: Browser | undefined;
const { watch, forgive, inBrowser } = createBrowserTests();

beforeAll(async () => {
  browser = await launchBrowser();
  if (!browser) return;
  world = await pathwayWorld();
  await watch(browser);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await world?.service.close();
});

const address = (query = '') => world.service.publicUrl + world.path + query;
const query = () =>
  `?${new URLSearchParams([...world.units, world.revoked].map((one) => ['credential', one] as [string, string]))}`;

/** Words on their ground, as they are drawn: 4.5 to 1 (WCAG 2.2, 1.4.3). */
const FAINT = `(() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((one) => { const c = one / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('main *')].filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .flatMap((one) => {
      const [a, b] = [light(parse(getComputedStyle(one).color)), light(ground(one))].sort((x, y) => y - x);
      const ratio = (a + 0.05) / (b + 0.05);
      return ratio < 4.5 ? [one.className + ' ' + one.textContent.slice(0, 30) + ' ' + ratio.toFixed(2)] : [];
    });
})()`;

async function fits(shown: Page): Promise<void> {
  const wide = `[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 80))`;
  const over = await shown.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(over === 0 ? [] : await shown.evaluate(wide), shown.url()).toEqual([]);
}

inBrowser('draws a pathway and its answer at 320 px, in both languages, light and dark, legibly', async (shown) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await shown.emulateMedia({ colorScheme });
    for (const path of ['', '?lang=fil', query(), `${query()}&lang=fil`]) {
      const response = await shown.goto(address(path));
      expect(response?.status()).toBe(200);
      await fits(shown);
      expect(await shown.evaluate(FAINT), `${colorScheme} ${path}`).toEqual([]);
    }
  }
  await shown.emulateMedia({ colorScheme: 'light' });
});

inBrowser('answers with the form and the keyboard alone', async (shown) => {
  await shown.goto(address());
  await shown.locator('#credential').focus();
  await shown.keyboard.type(world.units.join('\n'));
  await shown.keyboard.press('Tab');
  expect(await shown.evaluate('document.activeElement.id')).toBe('text');
  await shown.getByRole('button', { name: 'See what they add up to' }).press('Enter');
  await shown.waitForSelector('section.banner h1');
  expect(await shown.locator('h1').innerText()).toContain('2 of 2 badges count');
  expect(await shown.locator('.brick.full').count()).toBe(2);
  expect(await shown.locator('.brick.empty').count()).toBe(1);
  await shown.getByRole('link', { name: 'Link that asks this again' }).click();
  await shown.waitForURL((url) => url.searchParams.getAll('credential').length === 2);
  expect(await shown.locator('h1').innerText()).toContain('2 of 2 badges count');
});

inBrowser('leads from the message to the field that is wrong', async (shown) => {
  await shown.goto(address());
  await shown.getByRole('button', { name: 'See what they add up to' }).click();
  await shown.waitForSelector('[role=alert]');
  await shown.getByRole('link', { name: 'Mend it in the form' }).click();
  expect(await shown.locator('#credential').getAttribute('aria-invalid')).toBe('true');
  forgive('status of 400');
});

inBrowser('prints the drawing and no form', async (shown) => {
  await shown.goto(address(query()));
  await shown.emulateMedia({ media: 'print' });
  expect(await shown.locator('form').isVisible()).toBe(false);
  expect(await shown.locator('.goal').isVisible()).toBe(true);
  expect(await shown.locator('.state').first().isVisible()).toBe(true);
  await shown.emulateMedia({ media: 'screen' });
});
