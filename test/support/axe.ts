import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** For the pages that are opened after it: to send the text to each page by itself takes twice as long. */
export const withAxe = (context: BrowserContext): Promise<unknown> => context.addInitScript(AXE);

/**
 * What axe-core finds on a page of a context `withAxe`, against WCAG 2.2 AA and its best practices, or the rules of `runOnly` alone:
 * a line each.
 */
export async function violations(page: Page, only: Pick<RunOptions, 'runOnly'> = {}): Promise<string[]> {
  const options: RunOptions = { resultTypes: ['violations'], preload: false, ...only };
  const found = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
