import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds on a page against WCAG 2.2 AA and its best practices, or the rules of `runOnly` alone, a line each. */
export async function violations(page: Page, only: Pick<RunOptions, 'runOnly'> = {}): Promise<string[]> {
  await page.evaluate(AXE);
  const options: RunOptions = { resultTypes: ['violations'], preload: false, ...only };
  const found = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
