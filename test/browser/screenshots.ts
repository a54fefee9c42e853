/**
 * `npm run screenshots`: photographs the pages that the documentation shows, of the demonstration's world. With `-- --all` every
 * page at 360 and 1,280 pixels, light and dark, in both languages into `data/screenshots`; with `-- --only a,b` some of them.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { everyPage, inLanguage } from '../support/every-page.ts';
import { registerWorld } from '../support/register-world.ts';

const root = join(import.meta.dirname, '..', '..');
const docs = join(root, 'docs');
const at = process.argv.indexOf('--only');
const only = at === -1 ? undefined : process.argv[at + 1]!.split(',');
const all = process.argv.includes('--all') || only !== undefined;

/** Pictures of the documentation: size, in pixels. */
const SHOWN: Readonly<Record<string, [width: number, height: number]>> = {
  verify: [1000, 1120],
  credential: [1000, 1500],
  pathway: [1000, 1735],
};

async function shoot(page: Page, url: string, path: string, fullPage = false): Promise<void> {
  const response = await page.goto(url);
  const status = response?.status() ?? 0;
  if (status !== 200 && !(path.includes('problem') && status >= 400)) throw new Error(`${url} answered ${status}`);
  await page.screenshot({ path, fullPage });
  console.log(path);
}

const browser = await launchBrowser();
if (!browser) process.exit(1);
const directory = mkdtempSync(join(tmpdir(), 'tatak-screenshots-'));
const world = await everyPage(directory);
if (all) {
  const folder = join(root, 'data', 'screenshots');
  mkdirSync(folder, { recursive: true });
  for (const [width, colorScheme, lang] of [360, 1280].flatMap((wide) =>
    (['light', 'dark'] as const).flatMap((scheme) =>
      (['en', 'fil'] as const).map((one) => [wide, scheme, one] as const),
    ),
  )) {
    // Never closed: the packaged browser is one process, which ends with its first page.
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    for (const [name, path] of Object.entries(world.pages)) {
      if (only && !only.includes(name)) continue;
      await world.visitAs(page.context(), name);
      const file = join(folder, `${name}-${width}-${colorScheme}-${lang}.png`);
      await shoot(page, new URL(inLanguage(path, lang), world.url).href, file, true);
    }
  }
} else {
  mkdirSync(docs, { recursive: true });
  const page = await browser.newPage({ colorScheme: 'light' });
  for (const [name, [width, height]] of Object.entries(SHOWN)) {
    await page.setViewportSize({ width, height });
    await shoot(page, new URL(world.pages[name]!, world.url).href, join(docs, `${name}.png`));
  }
  // A register with a history of three years, which the demonstration's, set up in a minute, cannot have.
  const history = await registerWorld();
  await page.setViewportSize({ width: 1280, height: 1560 });
  const register = '/institutions/specimen-coastal-college/accreditations';
  await shoot(page, new URL(register, history.service.publicUrl).href, join(docs, 'register.png'));
  await history.service.close();
}
await browser.close();
await world.close();
rmSync(directory, { recursive: true, force: true });
