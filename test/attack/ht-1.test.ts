import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pagesWith } from '../pages/support.ts';
import { launchBrowser } from '../support/browser.ts';
import { EXECUTABLE, HOSTILE_TEXTS } from './support/markup.ts';

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** From one field to the next. Between eight that follow each other, as many rounds bring all 500 texts. */
const APART = 63;
/** In each run every text stands in some field of each page that has eight, and with `ATTACK=all` in every field of every page. */
const ROUNDS = process.env.ATTACK === 'all' ? HOSTILE_TEXTS.length : APART;

/** Each field its own of the 500, another one in each round. */
function fieldsOf(round: number): (field: string) => string {
  const places = new Map<string, number>();
  return (field) => {
    if (!places.has(field)) places.set(field, places.size);
    return HOSTILE_TEXTS[(round + places.get(field)! * APART) % HOSTILE_TEXTS.length]!;
  };
}

describe('500 hostile texts in every field of every page', () => {
  it('are 500', () => expect(new Set(HOSTILE_TEXTS).size).toBe(500));

  it('are text to the parser of a browser', { timeout: 480_000 }, async () => {
    if (!browser) return console.log('not run, no browser: hostile texts');
    const page = await browser.newPage();
    // The reader of this test sees what there is to see.
    const seen = await page.evaluate(`(${EXECUTABLE})(${JSON.stringify(HOSTILE_TEXTS.slice(0, 50))})`);
    expect((seen as string[]).length).toBeGreaterThan(30);
    const last = new Map<string, string>();
    const first = Date.now() % HOSTILE_TEXTS.length;
    console.log(`from round ${first}, ${ROUNDS} rounds`);
    for (let round = first; round < first + ROUNDS; round++) {
      const fields = fieldsOf(round);
      const lang = round % 2 === 0 ? 'en' : 'fil';
      const all = Object.entries(pagesWith({ lang, specimen: true, path: `/?x=${fields('path')}` }, fields, fields));
      // A page that says nothing of anybody is the same as two rounds before.
      const pages = all.flatMap(([name, text]) => (last.get(lang + name) === text ? [] : [text]));
      for (const [name, text] of all) last.set(lang + name, text);
      const found = await page.evaluate(`(${EXECUTABLE})(${JSON.stringify(pages)})`);
      expect(found, `round ${round}`).toEqual([]);
    }
  });
});
