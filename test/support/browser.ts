import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/**
 * A real Chromium: `CHROME_PATH`, or the one inside the npm package (Linux x64).
 * @returns undefined where neither is there; the caller reports that its tests were not run
 */
export async function launchBrowser(): Promise<Browser | undefined> {
  const { chromium } = await import('playwright-core');
  const named = process.env.CHROME_PATH;
  if (named && existsSync(named)) return chromium.launch({ executablePath: named, args: FLAGS });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.log('browser tests were not run: no packaged Chromium for this platform, set CHROME_PATH');
    return undefined;
  }
  const { default: packaged } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    args: [...packaged.args, ...FLAGS],
    headless: true,
  });
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
