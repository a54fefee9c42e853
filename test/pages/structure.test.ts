import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scanPage } from '#documents';
import { crosswalk, frameworkSections } from '#framework';
import { renderCrosswalk, renderFramework, type Site } from '#pages';
import { named } from '../../src/pages/labels.ts';
import { when } from '../../src/pages/layout.ts';
import { problemText } from '../../src/pages/problem-words.ts';
import { en } from '../../src/pages/words/en.ts';
import { fil } from '../../src/pages/words/fil.ts';
import { pagesWith } from './support.ts';

const css = readFileSync(new URL('../../src/pages/assets/style.css', import.meta.url), 'utf8');

function everyPage(lang: 'en' | 'fil'): [string, string][] {
  const site: Site = { lang, specimen: true, path: '/verify' };
  const pages = pagesWith(
    site,
    (field) => `a ${field}`,
    () => 'https://tatak.example/',
  );
  return Object.entries({
    ...pages,
    framework: renderFramework(site, frameworkSections()),
    crosswalk: renderCrosswalk(site, crosswalk()),
  });
}

for (const lang of ['en', 'fil'] as const) {
  describe.each(everyPage(lang))(`%s (${lang})`, (_name, text) => {
    it('says its language, one title, one main, one first heading', () => {
      expect(text).toContain(`<html lang="${lang}">`);
      for (const one of ['<title>', '<main id="main">', '<h1', '<header', '<footer>']) {
        expect(text.split(one).length, one).toBe(2);
      }
      expect(text.indexOf('class="skip" href="#main"')).toBeLessThan(text.indexOf('<header'));
    });

    it('leaves out no level of heading', () => {
      const levels = [...text.matchAll(/<h([1-6])/g)].map((heading) => Number(heading[1]));
      for (const [index, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
    });

    it('names every field, picture, navigation and link', () => {
      const ids = [...text.matchAll(/<(?:input|textarea|select) id="([^"]+)"/g)].map((field) => field[1]!);
      for (const id of ids) expect(text).toContain(`<label for="${id}">`);
      for (const [image] of text.matchAll(/<img [^>]*>/g)) expect(image).toContain(' alt="');
      for (const [nav] of text.matchAll(/<nav[^>]*>/g)) expect(nav).toMatch(/aria-label="[^"]+"/);
      for (const [, label] of text.matchAll(/<a [^>]*>([\s\S]*?)<\/a>/g))
        expect(label!.replace(/<[^>]*>/g, '').trim()).not.toBe('');
      const unique = [...text.matchAll(/\sid="([^"]+)"/g)].map((one) => one[1]!);
      expect(new Set(unique).size).toBe(unique.length);
    });

    it('has no script and no style of its own, but files of this service', () => {
      const own = text.replace(/<script src="\/assets\/[a-z]+\.js" defer><\/script>/g, '');
      expect(own).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/i);
    });
  });
}

describe('the page of a credential', () => {
  it('leads programs to the credential itself', () => {
    const credential = everyPage('en').find(([name]) => name === 'credential')![1];
    const { links } = scanPage(credential);
    expect(links).toEqual([{ type: 'application/vc', href: expect.stringMatching(/\.json$/) }]);
  });
});

describe('words', () => {
  it('are the same in both languages, and none is empty', () => {
    expect(Object.keys(fil).sort()).toEqual(Object.keys(en).sort());
    for (const words of [en, fil])
      for (const [key, text] of Object.entries(words)) expect(text.trim(), key).not.toBe('');
  });

  it('name values of the ph context, and leave an unknown one a code', () => {
    expect(named('awardType', 'CertificateOfCompetency', 'en')!.text).toBe(
      'Certificate of Competency (COC) <span class="code">CertificateOfCompetency</span>',
    );
    expect(named('awardType', 'constructor', 'en')!.text).toBe('<span class="code">constructor</span>');
  });

  it('say a midnight of the zone as a day, and another instant with its zone', () => {
    expect(when('2026-03-13T16:00:00Z', 'en')!.text).toBe('<time datetime="2026-03-13T16:00:00Z">14 March 2026</time>');
    expect(when('2026-03-13T16:00:01Z', 'en')!.text).toContain('Asia/Manila');
    expect(when('2026-03-14', 'en')!.text).toContain('>14 March 2026<');
  });

  it('explain the common problems in both languages', () => {
    for (const kind of ['malformed-json', 'invalid-request', 'fetch-refused', 'fetch-failed', 'payload-too-large']) {
      const text = problemText({ kind });
      expect(text?.en && text.fil && text.en !== text.fil, kind).toBeTruthy();
    }
    expect(problemText({ kind: 'fetch-failed', code: 'html' })?.en).toContain('web page');
    expect(problemText({ kind: 'constructor' })).toBeUndefined();
  });
});

describe('contrast (WCAG 2.2, 1.4.3 and 1.4.11)', () => {
  const [light, dark] = [...css.matchAll(/:root \{([^}]*)\}/g)].map((block) =>
    Object.fromEntries([...block[1]!.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map((one) => [one[1]!, one[2]!])),
  );
  const TEXT: [string, string][] = [
    ...['ink', 'soft', 'link', 'seal'].flatMap((ink): [string, string][] => [
      [ink, 'paper'],
      [ink, 'card'],
    ]),
    ...['ok', 'bad', 'warn', 'unk'].map((tone): [string, string] => [tone, `${tone}-bg`]),
    ['paper', 'seal'],
  ];
  it.each([
    ['light', light!],
    ['dark', { ...light, ...dark }],
  ] as const)('%s', (_scheme, colours) => {
    for (const [ink, ground] of TEXT) {
      expect(ratio(colours[ink]!, colours[ground]!), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    expect(ratio('#fff7ea', '#8f281c')).toBeGreaterThanOrEqual(4.5);
    expect(ratio(colours.soft!, colours.paper!), 'border of a field').toBeGreaterThanOrEqual(3);
  });
});

function ratio(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r, g, bl] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * bl!;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}
