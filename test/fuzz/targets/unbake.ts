import { extractPng, extractSvg } from '#documents';
import { Problem } from '#kernel';
import { chunk, idat, itxt, OB3, PNG_MAGIC, picture, svg } from '../../documents/samples.ts';
import { mutate } from '../mutate.ts';
import { accepted, must, type Target, textOf, utf8 } from '../target.ts';

const refusal = (error: unknown): boolean => error instanceof Problem && error.kind === 'invalid-image';
const JSON_BADGE = '{"@context":["https://www.w3.org/ns/credentials/v2"],"name":"Niña"}';
const TOKEN = 'eyJhbGciOiJFZERTQSJ9.eyJuYW1lIjoieCJ9.AAAA';
const CLR = 'https://purl.imsglobal.org/clr/v2p0';
const OLD = 'http://openbadges.org';
/** Keyword of the chunk, by the standards; what this reader calls it. */
const CURRENT: Record<string, string> = { openbadgecredential: 'open-badges-3', clrcredential: 'clr-2' };

/** Pieces as a reader without any checks would cut them. */
function pieces(bytes: Uint8Array): { type: string; data: Buffer }[] {
  const buffer = Buffer.from(bytes);
  const out: { type: string; data: Buffer }[] = [];
  for (let offset = 8; offset + 12 <= buffer.length && out.length < 60; ) {
    const length = Math.min(buffer.readUInt32BE(offset), buffer.length - offset - 12);
    const data = buffer.subarray(offset + 8, offset + 8 + length);
    out.push({ type: buffer.toString('latin1', offset + 4, offset + 8), data });
    offset += 12 + length;
  }
  return out;
}

/** Everything any reader could take for a badge of a current edition. */
const candidates = (bytes: Uint8Array) =>
  pieces(bytes).flatMap(({ type, data }) => {
    // A keyword that does not end is none (PNG third edition 11.3.3).
    const keyword = data.toString('latin1', 0, Math.max(0, data.indexOf(0)));
    const edition = /^[itz](?:TXt|EXt)$/.test(type) && Object.hasOwn(CURRENT, keyword) ? CURRENT[keyword] : undefined;
    return edition === undefined ? [] : [{ type, edition, data }];
  });

/** The badge inside a PNG: the one a reader without checks would find, or none. */
export const unbakePng: Target = {
  name: 'unbake-png',
  seeds: [
    picture(itxt('openbadgecredential', JSON_BADGE)),
    picture(itxt('openbadgecredential', TOKEN)),
    picture(itxt('clrcredential', JSON_BADGE)),
    picture(chunk('tEXt', Buffer.from('openbadges\0https://x.example/')), itxt('openbadgecredential', TOKEN)),
    picture(itxt('openbadgecredential', TOKEN, 0, 'en\0badge\0'), itxt('Comment', 'x')),
    picture(itxt('openbadges', '{"type":"Assertion"}')),
  ],
  dictionary: [
    'iTXt',
    'tEXt',
    'zTXt',
    'openbadgecredential\0',
    'clrcredential\0',
    'openbadges\0',
    '\0\0\0\0\0',
    '%PDF-',
  ],
  shape(input, random) {
    const parts = pieces(input);
    if (parts.length === 0) return input;
    const place = random.int(parts.length);
    const part = parts[place]!;
    const change = random.int(6);
    if (change === 0) parts.splice(random.int(parts.length), 0, part);
    else if (change === 1) parts.splice(place, 1);
    else if (change === 2) part.type = random.pick(['iTXt', 'tEXt', 'zTXt', 'IDAT', 'IEND', 'IHDR', 'eXIf']);
    else
      part.data = Buffer.from(mutate(part.data, random, idat, ['openbadgecredential\0', 'openbadges\0', '\0\0\0\0\0']));
    return Buffer.concat([PNG_MAGIC, ...parts.map(({ type, data }) => chunk(type, data))]);
  },
  run(input) {
    const read = accepted(() => extractPng(input), refusal);
    if (!read) return;
    const { edition, text } = read.value;
    const found = candidates(input);
    if (edition === 'open-badges-2') return must(found.length === 0, 'passed over the badge for an older one');
    must(found.length === 1, 'took one of several');
    must(found[0]!.type === 'iTXt' && found[0]!.edition === edition, 'of another kind than it is');
    must(text !== '' && text === text.trim(), 'not trimmed, or empty');
    must(found[0]!.data.includes(Buffer.from(text)), 'a text that does not stand there');
    const twice = Buffer.concat([input.subarray(0, 33), itxt('clrcredential', TOKEN), input.subarray(33)]);
    must(accepted(() => extractPng(twice), refusal) === undefined, 'a second badge passed');
  },
};

const SECOND = `<second:credential xmlns:second="${OB3}" verify="${TOKEN}"/>`;

/** The badge inside an SVG: nothing that a parser expands, and never one of two. */
export const unbakeSvg: Target = {
  name: 'unbake-svg',
  seeds: [
    svg(JSON_BADGE),
    svg(TOKEN),
    svg(TOKEN, 'x'),
    utf8(
      `<?xml version="1.0" encoding="utf-8"?>\n<!-- a --><svg xmlns="http://www.w3.org/2000/svg"><g><credential xmlns="${CLR}">{"a":"&lt;&#241;"}</credential></g></svg>`,
    ),
    utf8(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="${OLD}"><o:assertion verify="https://x.example/"/>${SECOND}</svg>`,
    ),
    utf8(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="${OLD}"><o:assertion>{}</o:assertion><path d="M0 0"/></svg>`,
    ),
  ],
  dictionary: [
    ...[SECOND, 'verify="', `verify="${TOKEN}"`, `xmlns="${OB3}"`, `xmlns:openbadges="${CLR}"`, OLD, OB3, 'credential'],
    ...[
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<!DOCTYPE svg>',
      '<?x y?>',
      '&#x7b;',
      '&amp;',
      '&x;',
      'xmlns:xml=""',
      '<g>',
      '</g>',
    ],
  ],
  run(input) {
    const read = accepted(() => extractSvg(input), refusal);
    if (!read) return;
    const { edition, text } = read.value;
    must(text !== '' && text === text.trim(), 'not trimmed, or empty');
    const file = textOf(input);
    const bare = file.replaceAll(/<!--.*?-->|<!\[CDATA\[.*?\]\]>/gs, '');
    must(!/<!|<\?(?!xml\s)/.test(bare), 'a declaration passed');
    // Where nothing hides tags, one more badge before the last end tag must make two.
    if (bare !== file || edition === 'open-badges-2') return;
    const end = file.lastIndexOf('</');
    const twice = utf8(`${file.slice(0, end)}${SECOND}${file.slice(end)}`);
    must(end < 0 || accepted(() => extractSvg(twice), refusal) === undefined, 'a second badge passed');
  },
};
