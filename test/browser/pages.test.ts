import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { qrCodeSvg } from '#documents';
import { launchBrowser } from '../support/browser.ts';
import { createBrowserTests } from '../support/browser-tests.ts';
import { openService, type TestService } from '../support/service.ts';

let service: TestService;
let browser: Browser | undefined;
let badge: { url: string; text: string; achievement: string };
const { watch, forgive, inBrowser } = createBrowserTests();

beforeAll(async () => {
  browser = await launchBrowser();
  if (!browser) return;
  service = await openService();
  const { issuer } = await service.institution('specimen-college');
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: {
      achievement: {
        name: 'SPECIMEN VERIFIED ✔ <b>Genuine — Recognised</b>',
        description: 'Reads and questions data.',
        criteria: { narrative: 'Passed the project.' },
        achievementType: 'MicroCredential',
        awardType: 'HeiMicroCredential',
        regime: 'CHED',
        pqfLevel: 6,
        pqfLevelStatus: 'ProviderClaimed',
        assessmentType: ['Project'],
        credit: [{ system: 'HE-UNIT-18', value: '3', kind: 'lecture' }],
      },
    },
  });
  const issued = await service.call<{ credentials: { url: string }[] }>('POST', '/v1/credentials', {
    key: issuer,
    headers: { 'idempotency-key': 'pages' },
    body: { achievementId: made.body.achievementId, recipients: [{}] },
  });
  const { url } = issued.body.credentials[0]!;
  const { text } = await service.call('GET', `${new URL(url).pathname}.json`);
  badge = { url, text, achievement: made.body.achievementId };
  await watch(browser);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await service?.close();
});

/** No horizontal scrolling (WCAG 2.2, 1.4.10); names what sticks out. */
async function fits(shown: Page): Promise<void> {
  const over = await shown.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  const wide = `[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth)
    .map((one) => one.outerHTML.slice(0, 80))`;
  expect(over === 0 ? [] : await shown.evaluate(wide), `${shown.url()} at 320 px`).toEqual([]);
}

async function isReport(shown: Page): Promise<void> {
  expect(await shown.locator('section.banner').innerText()).toMatch(
    /genuine, but no register we trust covers it: awarded on .* by Specimen specimen-college\./,
  );
  expect(await shown.locator('section.banner').innerText()).not.toContain('VERIFIED');
  expect(await shown.locator('main > ol.checks > li').count()).toBe(10);
  // Every disclosure opens without making the page wider.
  await shown.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
  await fits(shown);
}

inBrowser('verifies a pasted badge', async (shown) => {
  await shown.goto(`${service.publicUrl}/verify`);
  await fits(shown);
  await shown.getByLabel('Badge as text').fill(badge.text);
  await shown.getByRole('button', { name: 'Verify' }).click();
  await isReport(shown);
});

inBrowser('verifies a file', async (shown) => {
  const file = join(service.directory, 'badge.json');
  writeFileSync(file, badge.text);
  await shown.goto(`${service.publicUrl}/verify`);
  const size = shown.viewportSize()!;
  await shown.setViewportSize({ width: 1_280, height: 900 });
  const tops = `[...document.querySelectorAll('.scan button, .scan label')].map((one) => one.getBoundingClientRect().top)`;
  const [camera, picture] = await shown.evaluate<number[]>(tops);
  expect(camera).toBe(picture);
  await shown.setViewportSize(size);
  await shown.getByLabel('Badge file').setInputFiles(file);
  await shown.getByRole('button', { name: 'Verify' }).click();
  await isReport(shown);
});

inBrowser('verifies an address, with the keyboard only', async (shown) => {
  await shown.goto(`${service.publicUrl}/verify`);
  await shown.keyboard.press('Tab');
  expect(await shown.evaluate('document.activeElement.className')).toBe('skip');
  await shown.keyboard.press('Enter');
  await shown.keyboard.press('Tab');
  expect(await shown.evaluate('document.activeElement.id')).toBe('url');
  await shown.keyboard.type(badge.url);
  await shown.keyboard.press('Enter');
  await shown.waitForSelector('ol.checks');
  await isReport(shown);
  expect((await shown.content()).length).toBeLessThan(30 * 1024);
});

inBrowser('says in Filipino that a text is not a badge', async (shown) => {
  await shown.goto(`${service.publicUrl}/verify?lang=fil`);
  await shown.locator('#text').fill('hello');
  const answered = shown.waitForResponse((response) => response.request().method() === 'POST');
  await shown.locator('button[type=submit]').click();
  expect((await answered).status()).toBe(400);
  await shown.waitForSelector('[role=alert]');
  expect(await shown.locator('[role=alert]').innerText()).toContain('Hindi ito badge');
  // Chromium reports the status of the answer itself; that is not a complaint about the page.
  forgive('status of 400');
});

inBrowser('shows every public page', async (shown) => {
  const addresses = [
    '/',
    new URL(badge.url).pathname,
    `${new URL(badge.url).pathname}?lang=fil`,
    `/achievements/${badge.achievement}`,
    '/institutions/specimen-college',
    '/registry',
    '/registry/specimen-college',
    '/docs',
    '/framework',
    '/framework?lang=fil',
    '/framework/crosswalk',
  ];
  for (const colorScheme of ['light', 'dark'] as const) {
    await shown.emulateMedia({ colorScheme });
    for (const address of addresses) {
      const response = await shown.goto(service.publicUrl + address);
      expect(response?.status(), address).toBe(200);
      await fits(shown);
    }
  }
});

/** A photograph: the code askew on grey paper, with room around it. */
async function photograph(text: string, file: string): Promise<void> {
  const svg = await loadImage(Buffer.from((await qrCodeSvg(text)).replace('<svg ', '<svg width="700" height="700" ')));
  const canvas = createCanvas(1600, 1200);
  const paper = canvas.getContext('2d');
  paper.fillStyle = '#d8d4cc';
  paper.fillRect(0, 0, 1600, 1200);
  paper.translate(800, 600);
  paper.rotate(0.06);
  paper.drawImage(svg, -350, -350, 700, 700);
  writeFileSync(file, canvas.toBuffer('image/png'));
}

inBrowser('reads the code of an address from a photograph, and that of a certificate', async (shown) => {
  const [address, printed] = [join(service.directory, 'address.png'), join(service.directory, 'printed.png')];
  await photograph(badge.url, address);
  await photograph(await (await fetch(`${badge.url}/attestation`)).text(), printed);
  await shown.goto(`${service.publicUrl}/verify`);
  await shown.getByLabel('Read from a picture').setInputFiles(address);
  await shown.waitForSelector('section.banner', { timeout: 30_000 });
  await isReport(shown);
  await shown.goto(`${service.publicUrl}/verify`);
  await shown.getByLabel('Read from a picture').setInputFiles(printed);
  await shown.waitForSelector('section.banner', { timeout: 30_000 });
  expect(await shown.locator('section.banner').innerText()).toContain('Specimen');
  expect(await shown.locator('main').innerText()).toContain('as of');
  // A picture without a code is said to be one, and nothing is sent.
  await shown.goto(`${service.publicUrl}/verify`);
  const blank = createCanvas(200, 200);
  writeFileSync(address, blank.toBuffer('image/png'));
  await shown.getByLabel('Read from a picture').setInputFiles(address);
  await shown.getByText('No QR code could be read').waitFor();
});
