import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';

/** Tests that share one page, as wide as a small telephone, which may complain of nothing. */
export function createBrowserTests() {
  let page: Page | undefined;
  /** Console errors, refused loads and exceptions since the test began. */
  let complaints: string[] = [];
  return {
    async watch(browser: Browser): Promise<void> {
      page = await browser.newPage({ viewport: { width: 320, height: 700 } });
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('requestfailed', (request) => complaints.push(`${request.url()} ${request.failure()?.errorText}`));
    },
    /** Of the complaints so far, those with this text are none. */
    forgive(text: string): void {
      complaints = complaints.filter((one) => !one.includes(text));
    },
    /** Runs in the browser; where there is none, `launchBrowser` has said so. */
    inBrowser(name: string, run: (page: Page) => Promise<void>): void {
      it(name, { timeout: 60_000 }, async () => {
        if (!page) return console.log(`not run, no browser: ${name}`);
        complaints = [];
        await run(page);
        expect(complaints).toEqual([]);
      });
    },
  };
}
