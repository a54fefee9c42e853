/** Writes `docs/bench.json`, the page from it, and its picture where there is a browser. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../../support/browser.ts';
import { type Run, readCurves, readFigures } from '../kept.ts';
import { PUBLISHED, readPublished } from '../published.ts';
import { type BenchData, benchPage } from './page.ts';

const docs = dirname(PUBLISHED);

/** Figures and curves are measured apart: those of which nothing was measured here stay as they are shown. */
function dataNow(): BenchData {
  const { figures, ...figuresRun } = readFigures();
  const { curves, ...curvesRun } = readCurves();
  return {
    ...readPublished(),
    ...(wasMeasured(figuresRun) && { figures, figuresRun }),
    ...(wasMeasured(curvesRun) && { curves, curvesRun }),
  };
}

const wasMeasured = (run: Partial<Run>): run is Run => run.machine !== undefined;

export async function writePage(): Promise<void> {
  const data = dataNow();
  writeFileSync(PUBLISHED, `${JSON.stringify(data, undefined, 1)}\n`);
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
