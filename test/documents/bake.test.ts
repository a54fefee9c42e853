import { deflateSync } from 'node:zlib';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { bakePng, bakeSvg, extractPng, extractSvg, readChunks } from '#documents';
import { chunk, end, header, itxt, OB3, png, svg } from './samples.ts';
import { secondPng, secondSvg } from './second-reader.ts';

const JSON_TEXT = JSON.stringify({ name: 'SPECIMEN Ñandú ᜃᜒᜊᜓ 😀 <b>&amp; ]]> <!DOCTYPE a> <?x?>', note: 'a\n"b"\r' });
const TOKEN = 'eyJhbGciOiJFZERTQSJ9.eyJhIjoxfQ.c2ln_-';
/** Both proof forms, and one of about the size of a large badge. */
const TEXTS = [JSON_TEXT, TOKEN, JSON.stringify({ long: 'x]]>'.repeat(4_000) })];

/** A small generator of its own, so that a failure names a picture that can be made again. */
function dice(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Colour type -> samples a pixel; each with one of the depths that it may have (PNG third edition, 11.2.1). */
const KINDS = [
  ...[1, 2, 4, 8, 16].map((depth) => [0, depth, 1] as const),
  ...[1, 2, 4, 8].map((depth) => [3, depth, 1] as const),
  ...[[2, 8, 3] as const, [2, 16, 3] as const, [4, 8, 2] as const, [6, 8, 4] as const, [6, 16, 4] as const],
];
const EARLIER = [
  itxt('openbadgecredential', '{"old":true}'),
  chunk('tEXt', Buffer.from('openbadges\0https://old.example/1')),
  chunk('zTXt', Buffer.concat([Buffer.from('openbadgecredential\0\0'), deflateSync(Buffer.from('{"old":1}'))])),
  itxt('clrcredential', 'a.b.c'),
];

/** A picture of any kind and size with random pixels, its data in up to three chunks, other chunks about it. */
function pngOf(seed: number): Buffer {
  const roll = dice(seed);
  const [colour, depth, samples] = KINDS[seed % KINDS.length]!;
  const [width, height] = [1 + roll(40), 1 + roll(40)];
  const line = 1 + Math.ceil((width * depth * samples) / 8);
  const pixels = Buffer.from(Array.from({ length: line * height }, (_, at) => (at % line === 0 ? 0 : roll(256))));
  const data = deflateSync(pixels);
  const cuts = [0, roll(data.length), data.length].sort((a, b) => a - b);
  const parts = [header(width, height, [depth, colour, 0, 0, 0])];
  if (roll(2)) parts.push(chunk('gAMA', Buffer.of(0, 0, 0xb1, 0x8f)));
  if (colour === 3) parts.push(chunk('PLTE', Buffer.from(Array.from({ length: 3 * 2 ** depth }, () => roll(256)))));
  if (colour === 3 && roll(2)) parts.push(chunk('tRNS', Buffer.of(roll(256))));
  if (roll(2)) parts.push(itxt('Comment', 'Niño'));
  if (roll(2)) parts.push(EARLIER[roll(EARLIER.length)]!);
  if (roll(3) === 0) parts.push(EARLIER[roll(EARLIER.length)]!);
  parts.push(...cuts.slice(1).map((to, at) => chunk('IDAT', data.subarray(cuts[at], to))));
  if (roll(2)) parts.push(EARLIER[roll(EARLIER.length)]!);
  if (roll(2)) parts.push(chunk('tEXt', Buffer.from('Software\0x')));
  return png(...parts, end);
}

function svgOf(seed: number): string {
  const roll = dice(seed);
  const of = <T>(...options: T[]) => options[roll(options.length)]!;
  const earlier = () =>
    of(
      '',
      `<o:credential xmlns:o="${OB3}" verify="old.old.old"/>`,
      `<credential xmlns="${OB3}"><![CDATA[{"old":"<svg>"}]]></credential>`,
      '<b:assertion xmlns:b="http://openbadges.org" verify="x"> \n</b:assertion>',
    );
  const shape = () =>
    `<path d="M0 0h${1 + roll(60)}v${1 + roll(60)}z" fill="#${(0x100000 + roll(0xefffff)).toString(16)}"/>`;
  const break_ = of('', '\n', '\r\n');
  const root = of('', '', ` xmlns:openbadges="${OB3}"`, ' xmlns:openbadges="http://www.w3.org/1999/xlink"');
  const inside = [earlier(), shape(), break_, earlier(), shape(), of('', '<!-- a > b < c 😀 -->'), earlier()].join('');
  const start = `${of('', '\ufeff', '<?xml version="1.0" encoding="UTF-8"?>\r\n', '<!-- <svg> -->\n')}<svg${break_} xmlns="http://www.w3.org/2000/svg" width='${8 + roll(56)}' height="64"${root} data-a="x>y 😀"${break_}`;
  return roll(8) === 0 ? `${start}/><!-- end -->` : `${start}>${inside}</svg>${break_}`;
}

const pixelsOf = async (bytes: Uint8Array): Promise<string> => {
  const picture = await loadImage(Buffer.from(bytes));
  const canvas = createCanvas(picture.width, picture.height);
  canvas.getContext('2d').drawImage(picture, 0, 0);
  return canvas.data().toString('base64');
};
const chunks = (bytes: Uint8Array) =>
  readChunks(bytes).map(({ type, data }) => `${type} ${Buffer.from(data).toString('latin1')}`);
/** Of any edition, in any kind of text chunk. */
const isBadge = (text: string) => /^(?:iTXt|tEXt|zTXt) (?:openbadgecredential|openbadges|clrcredential)\0/.test(text);
const badges = (bytes: Uint8Array) => chunks(bytes).filter(isBadge).length;
const others = (bytes: Uint8Array) => chunks(bytes).filter((text) => !isBadge(text));

describe('a badge put into a picture (IM-4)', () => {
  it('comes out of 350 PNG byte for byte, every pixel and every other chunk as it was', async () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 350; seed++) {
      const [before, text] = [pngOf(seed), TEXTS[seed % TEXTS.length]!];
      const after = bakePng(before, text);
      expect([seed, extractPng(after)]).toEqual([seed, { edition: 'open-badges-3', text }]);
      expect([seed, secondPng(Buffer.from(after))]).toEqual([seed, text]);
      expect([seed, badges(after)]).toEqual([seed, 1]);
      expect([seed, others(after)]).toEqual([seed, others(before)]);
      const pixels = await pixelsOf(before);
      expect([seed, await pixelsOf(after)]).toEqual([seed, pixels]);
      seen.add(pixels);
      // Again, with another one: exactly one, the new one.
      expect(extractPng(bakePng(after, TOKEN)).text).toBe(TOKEN);
      expect(Buffer.from(bakePng(after, text)).equals(after)).toBe(true);
    }
    // They were decoded, and were different pictures.
    expect(seen.size).toBeGreaterThan(300);
  });

  it('comes out of 150 SVG byte for byte, every pixel and the rest of the text as it was', async () => {
    for (let seed = 0; seed < 150; seed++) {
      const [before, text] = [svgOf(seed), TEXTS[seed % TEXTS.length]!];
      const after = bakeSvg(Buffer.from(before), text);
      expect([seed, extractSvg(after)]).toEqual([seed, { edition: 'open-badges-3', text }]);
      expect([seed, secondSvg(Buffer.from(after).toString())]).toEqual([seed, text]);
      expect([seed, await pixelsOf(after)]).toEqual([seed, await pixelsOf(Buffer.from(before))]);
      expect(Buffer.from(bakeSvg(after, text)).equals(after)).toBe(true);
    }
  });

  it('stands where Open Badges 3.0 wants it', () => {
    const types = readChunks(bakePng(pngOf(4), JSON_TEXT)).map(({ type }) => type);
    expect(types[types.indexOf('IDAT') - 1]).toBe('iTXt');
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>');
    const ns = ` xmlns:openbadges="${OB3}"`;
    const empty = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/><!-- end -->');
    expect(Buffer.from(bakeSvg(empty, TOKEN)).toString()).toBe(
      `<svg${ns} xmlns="http://www.w3.org/2000/svg"><openbadges:credential verify="${TOKEN}"></openbadges:credential></svg><!-- end -->`,
    );
    expect(Buffer.from(bakeSvg(drawing, TOKEN)).toString()).toBe(
      `<svg${ns} xmlns="http://www.w3.org/2000/svg"><openbadges:credential verify="${TOKEN}"></openbadges:credential><path d="M0 0"/></svg>`,
    );
    expect(Buffer.from(bakeSvg(drawing, '{"a":"]]>"}')).toString()).toBe(
      `<svg${ns} xmlns="http://www.w3.org/2000/svg"><openbadges:credential><![CDATA[{"a":"]]]]><![CDATA[>"}]]></openbadges:credential><path d="M0 0"/></svg>`,
    );
  });

  it.each([
    ['a text that is no token', () => bakeSvg(svg(TOKEN), 'a"b'), 'svg_text'],
    ['a character that XML does not have', () => bakeSvg(svg(TOKEN), '{"a":"\uffff"}'), 'svg_text'],
    ['a document type', () => bakeSvg(Buffer.from(`<!DOCTYPE svg>${svg(TOKEN)}`), TOKEN), 'svg_doctype'],
    ['no SVG', () => bakeSvg(Buffer.from('<html/>'), TOKEN), 'svg_signature'],
    ['no PNG', () => bakePng(svg(TOKEN), TOKEN), 'png_signature'],
    ['a PNG without a picture', () => bakePng(png(header(), end), TOKEN), 'png_order'],
    ['more than we read ourselves', () => bakePng(pngOf(1), `{"a":"${'a'.repeat(2 ** 21)}"}`), 'image_bytes'],
  ])('refuses %s', (_, bake, code) => {
    expect(bake).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ code })] }));
  });
});
