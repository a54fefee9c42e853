import { crc32, deflateSync } from 'node:zlib';
import { bakePng, bakeSvg, extractPng, extractSvg, inspectImage, inspectPng, inspectSvg, readChunks } from '#documents';
import { LIMITS, Problem } from '#kernel';
import { mutate } from '../mutate.ts';
import { accepted, must, type Target, textOf, utf8 } from '../target.ts';

const refusal = (error: unknown): boolean => error instanceof Problem && error.kind === 'invalid-image';
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  return out;
}

const header = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 6, 0, 0, 0]);
const pixels = chunk('IDAT', deflateSync(Buffer.alloc(8 * 33)));
const image = (...parts: Buffer[]) =>
  Buffer.concat([SIGNATURE, chunk('IHDR', header), ...parts, chunk('IEND', Buffer.of())]);
const baked = chunk('iTXt', Buffer.concat([Buffer.from('openbadgecredential\0\0\0\0\0'), Buffer.from('{"a":1}')]));

/** To be baked. */
const BADGE = '{"a":"]]>"}';

/** Pieces as a reader without any checks would cut them. */
function pieces(bytes: Uint8Array): { type: string; data: Uint8Array }[] {
  const buffer = Buffer.from(bytes);
  const out: { type: string; data: Uint8Array }[] = [];
  for (let offset = 8; offset + 12 <= buffer.length && out.length < 40; ) {
    const length = Math.min(buffer.readUInt32BE(offset), buffer.length - offset - 12);
    out.push({
      type: buffer.toString('latin1', offset + 4, offset + 8),
      data: buffer.subarray(offset + 8, offset + 8 + length),
    });
    offset += 12 + length;
  }
  return out;
}

export const png: Target = {
  name: 'png',
  seeds: [
    image(pixels),
    image(baked, pixels),
    image(chunk('PLTE', Buffer.alloc(6)), chunk('tRNS', Buffer.alloc(2)), pixels, pixels),
    image(chunk('tEXt', Buffer.from('openbadges\0https://x.example/')), chunk('gAMA', Buffer.alloc(4)), pixels),
    image(chunk('zTXt', Buffer.from('a\0\0x')), pixels),
  ],
  dictionary: [
    'IHDR',
    'IDAT',
    'IEND',
    'PLTE',
    'iTXt',
    'tEXt',
    'zTXt',
    'iCCP',
    'acTL',
    'openbadgecredential\0',
    'openbadges\0',
    '%PDF-',
    '<svg',
  ],
  shape(input, random) {
    const parts = pieces(input);
    if (parts.length === 0) return input;
    const place = random.int(parts.length);
    const part = parts[place]!;
    const change = random.int(8);
    if (change === 0) parts.splice(random.int(parts.length), 0, part);
    else if (change === 1) parts.splice(place, 1);
    else if (change < 4)
      part.type = random.pick(['IHDR', 'IDAT', 'IEND', 'PLTE', 'iTXt', 'tEXt', 'iCCP', 'eXIf', 'fdAT']);
    else part.data = mutate(part.data, random, baked, ['openbadgecredential\0', '\0\0\0\0\0']);
    return Buffer.concat([SIGNATURE, ...parts.map(({ type, data }) => chunk(type, data))]);
  },
  run(input) {
    accepted(() => inspectImage(input), refusal);
    const read = accepted(() => readChunks(input), refusal);
    const facts = accepted(() => inspectPng(input), refusal);
    if (facts) {
      must(read !== undefined, 'inspected what cannot be read');
      const { width, height } = facts.value;
      must(
        width > 0 && height > 0 && width <= LIMITS.imageSide && height <= LIMITS.imageSide,
        'a picture without a size',
      );
      must(!Buffer.from(input).subarray(0, 1024).includes('%PDF-'), 'a PDF as well');
      must(extractPng(bakePng(input, BADGE)).text === BADGE, 'what was taken as a picture holds no badge');
    }
    if (!read) return;
    const again = Buffer.concat([SIGNATURE, ...read.value.map(({ type, data }) => chunk(type, data))]);
    must(again.equals(Buffer.from(input)), 'the chunks are not the file');
  },
};

const ACTIVE = /<\s*(?:script|foreignObject|iframe|image|a|animate|set)\b|<!DOCTYPE|<!ENTITY|<\?xml-stylesheet/i;
const LOADS = /(?:href|src)\s*=\s*["']\s*(?!#)[^"']|url\(\s*["']?\s*(?!#)[^\s"')]|@import|\bon[a-z]+\s*=\s*["']/i;

export const svg: Target = {
  name: 'svg',
  seeds: [
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" viewBox="0 0 10 10"><path d="M0 0h10v10z" fill="#123"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g id="a"><circle r="5"/></g><use xlink:href="#a"/></svg>',
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><style>.a{fill:url(#g)}</style><linearGradient id="g"/><rect class="a"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><title>Niña &amp; &#241;</title><text style="font-size:12px" xml:lang="fil">T</text></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><style><![CDATA[.a{fill:#fff}]]></style><mask id="m"/><g mask="url(#m)"/></svg>',
  ].map(utf8),
  dictionary: [
    ...[
      '<script>',
      '</svg>',
      '<use href="#a"/>',
      '<g id="a">',
      '<foreignObject>',
      '<!DOCTYPE svg>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
    ],
    ...[
      ' onload="x"',
      ' href="https://x.example/"',
      ' xlink:href="data:,x"',
      ' style="fill:url(//x)"',
      'url(#g)',
      '@import',
      '&#x6a;',
    ],
    ...[
      'xml:base="https://x.example/"',
      'xmlns:x="urn:x"',
      '<x:script/>',
      '&amp;',
      '&lt;',
      '\\75 rl(',
      'width="1e9"',
      '<?x y?>',
      '\uFEFF',
    ],
  ],
  run(input) {
    const facts = accepted(() => inspectSvg(input), refusal);
    accepted(() => inspectImage(input), refusal);
    if (!facts) return;
    must(extractSvg(bakeSvg(input, BADGE)).text === BADGE, 'what was taken as a drawing holds no badge');
    // Judged without comments and text, where everything may stand.
    const text = textOf(input)
      .replaceAll(/<!--.*?-->/gs, '')
      .replaceAll(/>[^<]*(?=<(?!!\[CDATA))/g, '>');
    must(!ACTIVE.test(text.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, '')), 'an element that runs or loads');
    must(!LOADS.test(text.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, '')), 'something that is loaded');
    for (const side of [facts.value.width, facts.value.height])
      must(side === undefined || (side > 0 && side <= LIMITS.imageSide), 'no size');
  },
};
