import { existsSync } from 'node:fs';
import type { Browser, LaunchOptions } from 'playwright-core';

/**
 * A real Chromium: `CHROME_PATH`, or the one inside the npm package (Linux x64).
 * @returns undefined where neither is there; the caller reports that its tests were not run
 */
export async function launchBrowser(): Promise<Browser | undefined> {
  const named = process.env.CHROME_PATH;
  if (named && existsSync(named)) return launched({ executablePath: named, args: FLAGS });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.log('browser tests were not run: no packaged Chromium for this platform, set CHROME_PATH');
    return undefined;
  }
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  return launched({ executablePath, args: [...packaged.args, ...FLAGS], headless: true });
}

/** On a busy machine the browser itself crashes now and then before its first page. */
const ATTEMPTS = 3;

async function launched(options: LaunchOptions): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  for (let attempt = 1; ; attempt++) {
    try {
      return await chromium.launch(options);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      console.log(`the browser did not start (attempt ${attempt}): ${String(error).split('\n', 1)[0]}`);
    }
  }
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];
