import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations, withAxe } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type EveryPage, everyPage, inLanguage } from '../support/every-page.ts';
import { newPort } from '../support/service.ts';

/** Narrow and light in one language, wide and dark in the other: between them each page in each of the three. */
const VIEWS = [
  { width: 360, colorScheme: 'light', lang: 'en' },
  { width: 1280, colorScheme: 'dark', lang: 'fil' },
] as const;

let browser: Browser | undefined;
let world: EveryPage;
const directory = mkdtempSync(join(tmpdir(), 'tatak-accessibility-'));

beforeAll(async () => {
  browser = await launchBrowser();
  if (browser) world = await everyPage(directory, newPort());
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Everything that can be used can be reached by the tabulator, shows that it is, and nothing catches it. */
async function keyboard(page: Page, name: string): Promise<void> {
  const reachable =
    (await page.evaluate(`[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && !one.matches('.skip')).length`)) as number;
  await page.evaluate(`globalThis.steps = [];
  addEventListener('focusin', () => {
    const one = document.activeElement;
    const path = [];
    for (let at = one; at && at !== document.body; at = at.parentElement) path.push([...at.parentElement.children].indexOf(at));
    const shown = [one, one.parentElement].some((each) => each && getComputedStyle(each).outlineStyle !== 'none');
    steps.push([path.join('.') + one.tagName, shown]);
  });
  addEventListener('focusout', ({ relatedTarget }) => relatedTarget ?? steps.push(['nowhere', false]))`);
  const seen = new Set<string>();
  const unmarked: string[] = [];
  const wanted = Math.min(reachable, 60);
  // A field for a date is three steps.
  for (let steps = 0; steps < wanted * 3 && seen.size < wanted; ) {
    const more = wanted - seen.size;
    // Without waiting for each: a browser takes them in their order, one in each frame that it draws.
    await Promise.all(Array.from({ length: more }, () => page.keyboard.press('Tab')));
    steps += more;
    for (const [path, marked] of (await page.evaluate('globalThis.steps.splice(0)')) as [string, boolean][]) {
      seen.add(path);
      if (!marked) unmarked.push(path);
    }
  }
  expect(unmarked, name).toEqual([]);
  expect(seen.size, name).toBe(wanted);
}

describe.each(VIEWS)('every page at $width px, $colorScheme, $lang', ({ width, colorScheme, lang }) => {
  it('has no violation that axe-core finds, fits, and is used by keyboard', { timeout: 240_000 }, async () => {
    if (!browser) return console.log('not run, no browser: accessibility');
    // A page's own policy lets no test script in.
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
    await withAxe(context);
    const page = await context.newPage();
    const found: Record<string, string[]> = {};
    for (const [name, path] of Object.entries(world.pages)) {
      await world.visitAs(context, name);
      const answer = await page.goto(new URL(inLanguage(path, lang), world.url).href);
      if (!name.includes('problem')) expect(answer!.status(), name).toBe(200);
      const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(over, `${name} is wider than the screen`).toBe(0);
      const faults = await violations(page);
      if (faults.length > 0) found[name] = faults;
      if (width === 360) await keyboard(page, name);
    }
    expect(found).toEqual({});
  });
});

/** Bytes of a page and of the files that it names, as they are sent to a browser that has none of them. */
async function transferred(address: string): Promise<number> {
  const load = (url: string) =>
    new Promise<{ bytes: number; text: string }>((done, failed) => {
      const asked = get(url, { headers: { 'accept-encoding': 'br', accept: 'text/html,*/*' } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const body = Buffer.concat(parts);
          const text = response.headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : body;
          done({ bytes: body.length + response.rawHeaders.join('    ').length, text: text.toString() });
        });
      });
      asked.on('error', failed);
    });
  const { bytes, text } = await load(address);
  const files = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => new URL(path!, address).href);
  const sizes = await Promise.all([...new Set(files)].map(async (url) => (await load(url)).bytes));
  return sizes.reduce((sum, one) => sum + one, bytes);
}

describe('the verify page on a cheap phone', () => {
  it('shows its first sentence on the first screen, and sends at most 30 KB', async () => {
    if (!browser) return console.log('not run, no browser: size of the verify page');
    for (const name of ['verify', 'verify-form']) {
      const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
      const page = await context.newPage();
      await page.goto(new URL(world.pages[name]!, world.url).href, { waitUntil: 'networkidle' });
      const bytes = await transferred(page.url());
      expect(bytes, name).toBeLessThanOrEqual(30_000);
      console.log(`${name}: ${bytes} bytes`);
      const sentence = (await page.locator('h1').boundingBox())!;
      expect(sentence.y + sentence.height, `${name}: end of the first sentence`).toBeLessThanOrEqual(640);
    }
  });
});
