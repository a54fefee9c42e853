import { describe, expect, it } from 'vitest';
import { inspectImage, inspectSvg } from '#documents';
import { LIMITS, Problem } from '#kernel';

const NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const svg = (inside: string, attributes = '') => `<svg ${NS} ${attributes}>${inside}</svg>`;

function codeOf(text: string | Uint8Array): string | undefined {
  try {
    inspectSvg(typeof text === 'string' ? Buffer.from(text) : text);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.kind).toBe('invalid-image');
    return error.errors[0]?.code;
  }
}

const GOOD = [
  svg('<path d="M0 0h10v10z" fill="#123456"/>'),
  `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- made by hand -->\n${svg('<circle r="5"/>')}\n`,
  `\uFEFF${svg('')}`,
  svg('<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#g)"/>'),
  svg('<defs><style type="text/css">.a{fill:url(#g);stroke:rgb(1,2,3)}</style></defs><rect class="a"/>'),
  svg('<style><![CDATA[.a{fill:#fff}]]></style>'),
  svg('<g id="a"><path d="M0 0"/></g><use href="#a"/><use xlink:href="#a" x="5"/>'),
  svg(
    '<title>Niña &amp; José &#241;</title><text style="font-size:12px" xml:space="preserve" xml:lang="fil">Tatak</text>',
  ),
  svg('<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><g filter="url(#f)"/>'),
  `<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>`.replace('svg:svg', 'svg').replace('xmlns:svg', 'xmlns'),
];

const events = ['onload', 'onclick', 'onerror', 'onmouseover', 'onfocus', 'onbegin', 'onend', 'onrepeat', 'onactivate'];
const elements = [
  'script',
  'foreignObject',
  'iframe',
  'image',
  'a',
  'animate',
  'set',
  'animateTransform',
  'animateMotion',
];
elements.push('feImage', 'handler', 'listener', 'audio', 'video', 'embed', 'object', 'link', 'meta', 'html', 'body');
elements.push(
  'discard',
  'metadata',
  'switch',
  'cursor',
  'font-face-uri',
  'tref',
  'SCRIPT',
  'solidColor',
  'view',
  'mpath',
);
const targets = ['https://evil.example/', '//evil.example/x.svg#a', 'javascript:alert(1)', 'data:image/svg+xml,<svg/>'];
targets.push(
  'other.svg#a',
  '',
  '#',
  '# a',
  'JaVaScRiPt:alert(1)',
  '\tjavascript:alert(1)',
  'file:///etc/passwd',
  '#xpointer(/)',
);
const values = [
  'url(https://evil.example/)',
  'url( "https://evil.example/" )',
  'URL(#a)',
  'url(#a',
  'url(//e.example/#a)',
];
values.push('\\75rl(https://e.example/)', 'expression(alert(1))', 'image(https://e.example/)', 'image-set("a" 1x)');
values.push(
  'javascript:alert(1)',
  'url(data:image/png;base64,AA)',
  'red;behavior:url(#x)',
  'url(#a)url(b)',
  'src("x")',
);
const styles = [
  '@import "https://e.example/";',
  '@import url(#a);',
  '@font-face{src:url(x)}',
  'a{b:url(x)}',
  '@media x{}',
];
styles.push(
  'a{-moz-binding:url(x)}',
  '\\40import "x";',
  'a{b:u\\rl(x)}',
  '&#64;import "x";',
  '<![CDATA[@import "x";]]>',
);

const HOSTILE: [string, string][] = [
  ...events.map((name): [string, string] => [svg('', `${name}="alert(1)"`), 'svg_attribute']),
  ...events.map((name): [string, string] => [svg(`<rect ${name.toUpperCase()}="x"/>`), 'svg_attribute']),
  ...elements.map((name): [string, string] => [svg(`<${name}/>`), 'svg_element']),
  ...targets.map((to): [string, string] => [svg(`<use href="${to.replace('<', '&lt;')}"/>`), 'svg_reference']),
  ...targets.map((to): [string, string] => [svg(`<use xlink:href="${to.replace('<', '&lt;')}"/>`), 'svg_reference']),
  ...values.map((value): [string, string] => [svg(`<rect fill='${value}'/>`), 'svg_value']),
  ...values.map((value): [string, string] => [svg(`<rect style='fill:${value}'/>`), 'svg_value']),
  ...styles.map((css): [string, string] => [svg(`<style>${css}</style>`), 'svg_value']),
  [svg('<rect href="#a"/>'), 'svg_reference'],
  [svg('<rect src="x"/>'), 'svg_attribute'],
  [svg('<g xml:base="https://e.example/"/>'), 'svg_attribute'],
  [svg('<g xmlns:h="http://www.w3.org/1999/xhtml"><h:script/></g>'), 'svg_element'],
  [svg('<g xmlns="http://www.w3.org/1999/xhtml"><script/></g>'), 'svg_element'],
  [svg('<g xmlns:x="http://www.w3.org/1999/xlink" x:href="https://e.example/"/>'), 'svg_reference'],
  [svg('<g xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="click"/>'), 'svg_attribute'],
  [svg('<g xlink:show="new"/>'), 'svg_attribute'],
  ['<svg><rect/></svg>', 'svg_element'],
  [`<!DOCTYPE svg>${svg('')}`, 'svg_signature'],
  [
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text>&x;</text>')}`,
    'svg_signature',
  ],
  [`<svg ${NS}><!DOCTYPE svg></svg>`, 'svg_doctype'],
  [`<svg ${NS}><!ENTITY a "b"></svg>`, 'svg_doctype'],
  [svg('<text>&lol9;</text>'), 'svg_xml'],
  [svg('<text>&nbsp;</text>'), 'svg_xml'],
  [svg('<?xml-stylesheet href="https://e.example/x.css"?>'), 'svg_instruction'],
  [`<?xml version="1.0"?><?xml-stylesheet href="x.css"?>${svg('')}`, 'svg_signature'],
  [`<?xml version="1.0" encoding="UTF-16"?>${svg('')}`, 'svg_instruction'],
  [`<?xml version="1.0" encoding="UTF-7"?>${svg('+ADw-script/+AD4-')}`, 'svg_instruction'],
  [svg('<rect>'), 'svg_xml'],
  [svg('<rect id="a" id="b"/>'), 'svg_xml'],
  [`${svg('')}<script/>`, 'svg_xml'],
  [`${svg('')}${svg('')}`, 'svg_xml'],
  [`${svg('')}text`, 'svg_xml'],
  [svg('\u0000'), 'svg_xml'],
  [svg('<rect x="<"/>'), 'svg_xml'],
  [svg('<rect id="a"/><rect id="a"/>'), 'svg_id'],
  [svg('<g id="a"><use href="#a"/></g>'), 'svg_circle'],
  [svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), 'svg_circle'],
  [svg('<pattern id="p"><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/>'), 'svg_circle'],
  [svg('<style>a{fill:url(#p)}</style><pattern id="p"><rect style="fill:url(#p)"/></pattern>'), 'svg_circle'],
  [svg('', 'width="4097" height="1"'), 'image_side'],
  [svg('', 'width="0" height="10"'), 'image_side'],
  [svg('', 'viewBox="0 0 99999999 10"'), 'image_side'],
  [svg('', 'viewBox="0 0 -5 10"'), 'image_side'],
  [svg('<g>'.repeat(65) + '</g>'.repeat(65)), 'svg_depth'],
  [svg('<g/>'.repeat(20_001)), 'svg_elements'],
  [svg('<!-- %PDF-1.7 -->'), 'polyglot'],
  ['<html><svg/></html>', 'svg_signature'],
  ['GIF89a<svg/>', 'svg_signature'],
  ['<svgx/>', 'svg_signature'],
  ['', 'svg_signature'],
  [svg(' '.repeat(LIMITS.imageBytes)), 'image_bytes'],
];

describe('inspectSvg (IM-3, IM-5)', () => {
  it.each(GOOD)('accepts the still picture %s', (text) => {
    expect(codeOf(text)).toBeUndefined();
  });

  it('reads the size in user units', () => {
    expect(inspectSvg(Buffer.from(svg('', 'width="120.5" height="40px"')))).toEqual({ width: 121, height: 40 });
    expect(inspectSvg(Buffer.from(svg('', 'viewBox="0 0 64,32"')))).toEqual({ width: 64, height: 32 });
    expect(inspectSvg(Buffer.from(svg('', 'width="100%" viewBox="0 0 64 32"')))).toEqual({ width: 64, height: 32 });
    expect(inspectSvg(Buffer.from(svg('')))).toEqual({});
    expect(inspectImage(Buffer.from(svg('', 'viewBox="0 0 64 32"')))).toEqual({
      mediaType: 'image/svg+xml',
      width: 64,
      height: 32,
    });
  });

  it('has a corpus of at least 100', () => expect(HOSTILE.length).toBeGreaterThanOrEqual(100));

  it.each(HOSTILE.map(([text, code]) => [text.slice(0, 120), code, text] as const))(
    'refuses %s: %s',
    (_, code, text) => {
      expect(codeOf(text)).toBe(code);
    },
  );

  it('refuses other encodings', () => {
    expect(codeOf(Buffer.from(svg('é'), 'latin1'))).toBe('svg_encoding');
    expect(codeOf(Buffer.from(`\uFEFF${svg('')}`, 'utf16le'))).toBe('svg_signature');
  });

  it('refuses expansion: ten levels of ten uses', () => {
    const level = (n: number) => `<g id="l${n}">${`<use href="#l${n - 1}"/>`.repeat(10)}</g>`;
    const levels = Array.from({ length: 10 }, (_, n) => level(n + 1)).join('');
    expect(codeOf(svg(`<g id="l0"><rect/></g>${levels}<use href="#l10"/>`))).toBe('svg_expansion');
    const chain = Array.from({ length: 30 }, (_, n) => `<g id="c${n + 1}"><use href="#c${n}"/></g>`).join('');
    expect(codeOf(svg(`${chain}<g id="c0"/>`))).toBe('svg_expansion');
    const pattern = (n: number) =>
      `<pattern id="p${n}">${`<rect fill="url(#p${n - 1})"/>`.repeat(20)}</pattern><mask id="m${n}" mask="url(#p${n})"/>`;
    expect(codeOf(svg([1, 2, 3, 4, 5, 6].map(pattern).join('')))).toBe('svg_expansion');
  });

  it('is linear in what it is given', () => {
    // Would be exponential, or minutes, with a careless expression; the time limit of the test is the judge.
    expect(codeOf('<!---->'.repeat(10_000))).toBe('svg_signature');
    expect(codeOf(svg(`<rect fill="${'url('.repeat(50_000)}"/>`))).toBe('svg_value');
    expect(codeOf(svg(`<rect fill="url(${' '.repeat(50_000)}"/>`))).toBe('svg_value');
    expect(codeOf(svg(`<rect fill="${'url'.repeat(50_000)}"/>`))).toBeUndefined();
    expect(codeOf(svg('<g>'.repeat(100_000)))).toBe('svg_depth');
    expect(
      codeOf(
        `<svg ${NS} ${Array.from({ length: 20_000 }, (_, n) => `data-a${'b'.repeat(n % 50)}${n}=""`).join(' ')}/>`,
      ),
    ).toBe('svg_attribute');
  });
});
