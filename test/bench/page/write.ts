/** Writes `docs/bench.json`, the page from it, and its picture where there is a browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../../support/browser.ts';
import { type Run, readCurves, readFigures } from '../kept.ts';
import { type BenchData, benchPage } from './page.ts';

const docs = join(import.meta.dirname, '..', '..', '..', 'docs');

export async function writePage(): Promise<void> {
  const { figures, ...figuresRun } = readFigures();
  const { curves, ...curvesRun } = readCurves();
  const said = (run: Partial<Run>) => (run.machine === undefined ? undefined : (run as Run));
  const [one, two] = [said(figuresRun), said(curvesRun)];
  const data: BenchData = { figures, ...(one && { figuresRun: one }), curves, ...(two && { curvesRun: two }) };
  mkdirSync(docs, { recursive: true });
  writeFileSync(join(docs, 'bench.json'), `${JSON.stringify(data, undefined, 1)}\n`);
  const file = join(docs, 'bench.html');
  writeFileSync(file, benchPage(data));
  console.log(file);
  const browser = await launchBrowser();
  if (!browser) return;
  const page = await browser.newPage({ viewport: { width: 1280, height: 1100 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: join(docs, 'bench.png') });
  await browser.close();
  console.log(join(docs, 'bench.png'));
}
