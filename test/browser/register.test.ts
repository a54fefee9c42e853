import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { createBrowserTests } from '../support/browser-tests.ts';
import { type RegisterWorld, registerWorld } from '../support/register-world.ts';

let world: RegisterWorld;
let browser: Browser | undefined;
const COLLEGE = '/institutions/specimen-coastal-college/accreditations';
const { watch, inBrowser } = createBrowserTests();

beforeAll(async () => {
  browser = await launchBrowser();
  if (!browser) return;
  world = await registerWorld();
  await watch(browser);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await world?.service.close();
});

const open = async (shown: Page, path: string) => {
  const answer = await shown.goto(world.service.publicUrl + path);
  expect(answer?.status(), path).toBe(200);
};

inBrowser('says what one institution may do, since when, by which instrument, and its history', async (shown) => {
  await open(shown, COLLEGE);
  const answer = await shown.locator('section.banner').first().innerText();
  expect(answer).toContain('Today, Specimen Coastal College of Peñafrancia is accredited for this:');
  expect(answer).toContain(
    'May award: Higher education course, Higher education micro-credential, Graduate certificate (provisionally)',
  );
  expect(answer).not.toContain('Industry certification');
  const card = await shown.locator('article.grant').first().innerText();
  for (const text of [
    'Higher education course',
    'In force',
    'reinstated on 1 April 2025',
    '1 June 2024',
    '31 May 2027',
    'Memorandum of an institution 12, s. 2024',
  ]) {
    expect(card).toContain(text);
  }
  const events = await shown.locator('ol.timeline > li').allInnerTexts();
  const suspended = events.find((text) => text.includes('Suspended'))!;
  expect(suspended).toContain('15 February 2025');
  expect(suspended).toContain('12 February 2025');
  expect(suspended).toContain('The yearly report for 2024 was not submitted.');
  expect(await shown.locator('section.statements').innerText()).toContain('An endorsement, not an accreditation');
});

inBrowser('shows another day with the form alone, and goes back to today', async (shown) => {
  await open(shown, COLLEGE);
  await shown.getByLabel('How it stood on').fill('2025-03-01');
  await shown.getByLabel('by what was recorded before').fill('2025-03-10');
  await shown.getByRole('button', { name: 'Show that day' }).click();
  await shown.waitForSelector('p.moment');
  expect(await shown.locator('section.banner').first().innerText()).not.toContain('May award');
  expect(await shown.locator('article.off').first().innerText()).toContain('Suspended');
  await shown.getByRole('link', { name: 'Show today' }).click();
  await shown.waitForURL((url) => url.search === '');
});

inBrowser('finds an institution with the form alone, in Filipino', async (shown) => {
  await open(shown, '/registry?lang=fil');
  await shown.locator('#q').fill('penafrancia');
  await shown.locator('#role').selectOption('Assess');
  await shown.locator('button[type=submit]').click();
  await shown.waitForSelector('ul.found');
  expect(await shown.locator('html').getAttribute('lang')).toBe('fil');
  expect(await shown.locator('ul.found > li').count()).toBe(2);
  await shown.locator('ul.found a').first().click();
  await shown.waitForSelector('ol.timeline');
  expect(await shown.locator('html').getAttribute('lang')).toBe('fil');
});

inBrowser('needs no sideways scrolling, in any language or colour scheme', async (shown) => {
  const paths = [
    COLLEGE,
    `${COLLEGE}?at=2025-03-01&knownOn=2025-03-10`,
    '/institutions/specimen-upland-institute/accreditations',
    '/institutions/specimen-upland-institute',
    '/registry/specimen-skills-authority',
    '/registry?q=specimen',
    ...Object.values(world.grants).map((id) => `/accreditations/${id}`),
  ];
  for (const colorScheme of ['light', 'dark'] as const) {
    await shown.emulateMedia({ colorScheme });
    for (const path of paths.flatMap((one) => [one, `${one}${one.includes('?') ? '&' : '?'}lang=fil`])) {
      await open(shown, path);
      await shown.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
      const over = await shown.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect([path, over]).toEqual([path, 0]);
    }
  }
});
