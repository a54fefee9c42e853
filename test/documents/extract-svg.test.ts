import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Baked, extractSvg } from '#documents';
import { Problem } from '#kernel';
import { OB3, svg } from './samples.ts';

const JSON_TEXT = '{"name":"Specimen"}';
const TOKEN = 'eyJhbGciOiJFZERTQSJ9.eyJhIjoxfQ.c2ln';
const NS = 'xmlns="http://www.w3.org/2000/svg"';

const outcome = (text: string | Uint8Array): Baked | string => {
  try {
    return extractSvg(typeof text === 'string' ? Buffer.from(text) : text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.kind).toBe('invalid-image');
    return error.errors[0]!.code!;
  }
};

/** A drawing whose root has these declarations and these children. */
const drawing = (inside: string, more = `xmlns:o="${OB3}"`) => `<svg ${NS} ${more}>${inside}</svg>`;
const badge = `<o:credential><![CDATA[${JSON_TEXT}]]></o:credential>`;
const lol = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "&l${n};&l${n};&l${n};&l${n};">`).join('');

const HOSTILE: [string, string | Uint8Array, string][] = [
  ['no badge', drawing('<path d="M0 0"/>'), 'no_badge'],
  ['the prefix without the namespace', drawing(badge, 'xmlns:o="https://x.example/"'), 'no_badge'],
  ['the namespace in other letters', drawing(badge, `xmlns:o="${OB3.toUpperCase()}"`), 'no_badge'],
  ['two badges', drawing(badge + badge), 'baked_twice'],
  [
    'a badge and a record',
    drawing(`${badge}<c:credential verify="a"/>`, `xmlns:o="${OB3}" xmlns:c="https://purl.imsglobal.org/clr/v2p0"`),
    'baked_twice',
  ],
  ['a token and JSON', drawing(`<o:credential verify="${TOKEN}">${JSON_TEXT}</o:credential>`), 'baked_twice'],
  ['nothing in it', drawing('<o:credential/>'), 'baked_empty'],
  ['an empty token', drawing('<o:credential verify=" "/>'), 'baked_empty'],
  ['elements in it', drawing('<o:credential><g/></o:credential>'), 'svg_baked'],
  ['another element of the namespace', drawing('<o:assertion verify="a"/>'), 'svg_baked'],
  ['a document type', `<!DOCTYPE svg>${drawing(badge)}`, 'svg_doctype'],
  [
    'a document type after an XML declaration',
    `<?xml version="1.0"?><!DOCTYPE svg SYSTEM "https://x.example/">${drawing(badge)}`,
    'svg_doctype',
  ],
  ['a document type behind a comment', `<!-- a --><!doctype svg>${drawing(badge)}`, 'svg_doctype'],
  [
    'a billion laughs',
    `<!DOCTYPE svg [<!ENTITY l0 "lol">${lol}]>${drawing(`<o:credential>&l9;</o:credential>`)}`,
    'svg_doctype',
  ],
  [
    'an external entity',
    `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${drawing('<o:credential>&x;</o:credential>')}`,
    'svg_doctype',
  ],
  ['an entity nobody declared', drawing('<o:credential>&x;</o:credential>'), 'svg_xml'],
  ['a style sheet instruction', `<?xml-stylesheet href="https://x.example/"?>${drawing(badge)}`, 'svg_instruction'],
  ['a declaration in the middle', drawing(`<!ENTITY x "y">${badge}`), 'svg_doctype'],
  ['cut in the badge', drawing(badge).slice(0, 90), 'svg_xml'],
  ['a CDATA section not closed', drawing('<o:credential><![CDATA[{').slice(0, -6), 'svg_xml'],
  ['a comment not closed', drawing(`<!-- ${badge}`), 'svg_xml'],
  ['nested too deeply', drawing(`${'<g>'.repeat(200)}${badge}${'</g>'.repeat(200)}`), 'svg_depth'],
  ['too many elements', drawing('<g/>'.repeat(20_001)), 'svg_elements'],
  ['larger than the limit', drawing(' '.repeat(2 * 1024 * 1024)), 'image_bytes'],
  [
    'not UTF-8',
    Buffer.concat([Buffer.from(drawing('')).subarray(0, -6), Buffer.of(0xff), Buffer.from('</svg>')]),
    'svg_encoding',
  ],
  ['UTF-16', Buffer.from(`\ufeff${drawing(badge)}`, 'utf16le'), 'svg_encoding'],
  ['also a PDF', drawing(`<desc>%PDF-1.7</desc>${badge}`), 'polyglot'],
  ['HTML', `<html><svg ${NS} xmlns:o="${OB3}">${badge}</svg></html>`, 'svg_signature'],
  ['the older edition', drawing('<b:assertion verify="x.y.z"/>', 'xmlns:b="http://openbadges.org"'), 'open-badges-2'],
];

describe('a badge inside an SVG', () => {
  it('is taken by the namespace, whatever the prefix, as JSON or as a token', () => {
    expect(outcome(svg(JSON_TEXT))).toEqual({ edition: 'open-badges-3', text: JSON_TEXT });
    expect(outcome(svg(TOKEN))).toEqual({ edition: 'open-badges-3', text: TOKEN });
    expect(outcome(svg(JSON_TEXT, 'x'))).toEqual({ edition: 'open-badges-3', text: JSON_TEXT });
    expect(outcome(drawing(`<credential xmlns="${OB3}">${JSON_TEXT}</credential>`, ''))).toMatchObject({
      text: JSON_TEXT,
    });
    expect(outcome(`\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- a -->\n${drawing(badge)}`)).toMatchObject({
      text: JSON_TEXT,
    });
  });

  it('may say what looks like a declaration: in CDATA it is text', () => {
    const text = '{"a":"]]> <!DOCTYPE svg> <?php & <svg"}';
    expect(outcome(svg(text))).toEqual({ edition: 'open-badges-3', text });
  });

  it('is the newer one when the older edition stands beside it', () => {
    const both = `<b:assertion xmlns:b="http://openbadges.org" verify="x"/>${badge}`;
    expect(outcome(drawing(both))).toEqual({ edition: 'open-badges-3', text: JSON_TEXT });
  });

  it.each(HOSTILE)('is refused or only recognised: %s', (_, text, code) => {
    const found = outcome(text);
    expect(typeof found === 'string' ? found : found.edition).toBe(code);
  });

  it('is what a simple reader finds, for any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (value) => {
        const text = `{"a":${value}}`;
        // XML knows no NUL and few control characters, and reads a carriage return as a line feed.
        fc.pre(!/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udfff]/.test(text));
        const bytes = svg(text);
        const simple = [...bytes.toString('utf8').matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g)]
          .map((one) => one[1])
          .join('');
        expect(outcome(bytes)).toEqual({ edition: 'open-badges-3', text: simple });
        expect(simple).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('never ends in anything but a badge or a refusal (2,000 changed files)', () => {
    const start = svg(JSON_TEXT).toString('latin1');
    const piece = fc.constantFrom(
      '<',
      '>',
      '<!',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '&',
      ';',
      '"',
      "'",
      '\0',
      '\xff',
      '<o:a',
      'xmlns:o=""',
      '/>',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(start.length), fc.nat(20), piece), { minLength: 1, maxLength: 4 }),
        (changes) => {
          let text = start;
          for (const [at, cut, add] of changes) text = text.slice(0, at) + add + text.slice(at + cut);
          const found = outcome(Buffer.from(text, 'latin1'));
          expect(typeof found === 'string' || typeof found.text === 'string').toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
