import { describe, expect, it } from 'vitest';
import { banner, renderVerify, type Site } from '#pages';
import { pagesWith, reportWith } from './support.ts';

const HOSTILE = [
  (field: string) => `</${field}><script>alert("${field}")</script><img src=x onerror=alert(1)>`,
  (field: string) => `" onmouseover="alert('${field}')" x='\``,
  (field: string) => `javascript:alert("${field}")`,
  (field: string) => `</title></style><svg onload=alert(1)><!-- ${field}`,
];
const site = (lang: 'en' | 'fil', path = '/'): Site => ({ lang, specimen: true, path });

/** Start tags with their attributes, as a parser reads them: values are quoted, so a tag ends at the first `>` outside. */
function tagsOf(text: string): { name: string; attributes: [string, string][] }[] {
  return [...text.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/g)].map((tag) => ({
    name: tag[1]!,
    attributes: [...tag[2]!.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map((one) => [one[1]!, one[2] ?? '']),
  }));
}

/** A file of this service, with a name that no text from outside can be. */
const isOwnScript = (attributes: readonly [string, string][]): boolean => {
  const { src = '', ...others } = Object.fromEntries(attributes);
  return /^\/assets\/[a-z]+\.js$/.test(src) && Object.keys(others).join() === 'defer';
};

describe('text from outside stays text', () => {
  for (const [index, make] of HOSTILE.entries()) {
    for (const lang of ['en', 'fil'] as const) {
      for (const [name, text] of Object.entries(pagesWith(site(lang), make, make))) {
        it(`${name}, ${lang}, text ${index + 1}`, () => {
          const tags = tagsOf(text);
          // Nothing that begins like a tag is left over: what is not one of ours would be the text's.
          expect(text.match(/<[a-z!/]/gi)?.length).toBe(
            tags.length + (text.match(/<\/[a-z0-9]+>|<!doctype/g)?.length ?? 0),
          );
          expect(
            tags
              .filter(({ name, attributes }) => name !== 'script' || !isOwnScript(attributes))
              .filter((tag) => ['script', 'svg', 'iframe', 'style', 'object', 'embed', 'base'].includes(tag.name)),
          ).toEqual([]);
          const attributes = tags.flatMap((tag) => tag.attributes);
          expect(attributes.filter(([key]) => key.startsWith('on') || key === 'style' || key === 'srcdoc')).toEqual([]);
          const addresses = attributes.filter(([key]) => ['href', 'action', 'src', 'formaction'].includes(key));
          expect(
            addresses.filter(([key, value]) => key !== 'src' && /^\s*(?:javascript|data|vbscript):/i.test(value)),
          ).toEqual([]);
        });
      }
    }
  }

  it('cannot break out of the address of a page', () => {
    const path = `/verify?url=${encodeURIComponent('"><script>alert(1)</script>')}"><script>`;
    for (const text of Object.values(pagesWith(site('en', path), String, String)))
      expect(text.replaceAll(/<script src="\/assets\/[a-z]+\.js" defer>/g, '')).not.toContain('<script');
  });
});

describe('the answer', () => {
  it('holds nothing that a badge says', () => {
    const claim = 'VERIFIED ✔ Genuine — Recognised';
    const report = reportWith(() => claim);
    for (const lang of ['en', 'fil'] as const) {
      expect(banner(report, lang).text).not.toContain(claim);
      expect(banner(report, lang).text).toContain(report.sentence[lang]);
    }
  });

  it('is no greener for a credential of a record than for one alone', () => {
    const member = { ...reportWith(String), verdict: 'valid', recognition: 'not_recognised' } as const;
    const record = renderVerify(site('en'), { report: { ...reportWith(String), members: [member], memberCount: 1 } });
    expect(record).toContain('<span class="pill tone-bad">Genuine</span>');
  });

  it('stands before anything the badge says, and the badge is framed as its issuer’s statement', () => {
    const claim = 'VERIFIED ✔ Genuine — Recognised';
    const text = pagesWith(
      site('en'),
      () => claim,
      () => 'https://x.example/',
    )['verify report']!;
    const end = text.indexOf('</section>');
    expect(text.slice(0, end)).not.toContain(claim);
    expect(text.indexOf('issuer’s statements')).toBeLessThan(text.indexOf(`<h3>${claim}`));
  });
});
