import { describe, expect, it } from 'vitest';
import { crosswalk, type FrameworkSection, frameworkSections } from '#framework';
import { renderCrosswalk, renderFramework } from '#pages';

const site = (lang: 'en' | 'fil', path = '/framework') => ({ lang, specimen: true, path });
const sections = frameworkSections();

describe('the pages of the framework', () => {
  it.each(['en', 'fil'] as const)('show every row with sources and confidence, in %s', (lang) => {
    const text = renderFramework(site(lang), sections);
    const rows = sections.flatMap((section) => section.rows);
    expect(text.match(/<th scope="row"/g)).toHaveLength(rows.length);
    expect(text.match(/<abbr title=/g)).toHaveLength(rows.length);
    for (const { id, title } of sections) {
      expect(text).toContain(`<h2 id="${id}">${title[lang]}</h2>`);
      expect(text).toContain(`<a href="#${id}">`);
    }
  });

  it('lead every citation to a source on the same page', () => {
    for (const text of [renderFramework(site('en'), sections), renderCrosswalk(site('en'), crosswalk())]) {
      const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
      const links = [...text.matchAll(/href="#(S\d+)"/g)].map((match) => match[1]);
      expect(links.length).toBeGreaterThan(10);
      for (const link of links) expect(ids).toContain(link);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('show the columns of the crosswalk in the language of the page', () => {
    const text = renderCrosswalk(site('fil', '/framework/crosswalk'), crosswalk());
    expect(text).toContain('<th scope="col">Mataas na edukasyon (CHED)</th>');
    expect(text.match(/<td>/g)).toHaveLength(90);
    expect(text.match(/<td><\/td>/g)).toHaveLength(6);
    expect(text.match(/<small class="cited"><abbr title=/g)).toHaveLength(84);
  });

  it('head the crosswalk as the draft it is, and say how to propose a correction', () => {
    const text = renderCrosswalk(site('en', '/framework/crosswalk'), crosswalk());
    expect(text).toContain('<h1>Draft comparison from public sources</h1>');
    expect(text).toContain('How to propose a correction');
    expect(text).toContain('<tr id="unit-of-size">');
  });

  it('escape what stands in a cell', () => {
    const hostile: FrameworkSection = {
      id: 'x',
      title: { en: '<b>', fil: '<b>' },
      columns: [{ en: '<i>', fil: '<i>' }],
      rows: [{ cells: ['<script>alert(1)</script>'], source: ['S1'], confidence: 'V', asOf: '2026-11' }],
    };
    const text = renderFramework(site('en'), [hostile]);
    expect(text).not.toMatch(/<script|<b>|<i>/);
    expect(text).toContain('&lt;script&gt;');
  });
});
