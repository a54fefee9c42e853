import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Baked, extractPng } from '#documents';
import { Problem } from '#kernel';
import { chunk, end, header, idat, itxt, PNG_MAGIC, picture, png } from './samples.ts';
import { secondPng } from './second-reader.ts';

const KEY = 'openbadgecredential';
const TEXT = '{"name":"Specimen"}';
const good = picture(itxt(KEY, TEXT));

const outcome = (bytes: Uint8Array): Baked | string => {
  try {
    return extractPng(bytes);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.kind).toBe('invalid-image');
    return error.errors[0]!.code!;
  }
};

const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });
const lie = Buffer.from(good);
lie.writeUInt32BE(0xffff_fff0, PNG_MAGIC.length + 25);
const keyed = (type: string, rest: Uint8Array) => chunk(type, Buffer.concat([Buffer.from(`${KEY}\0`), rest]));

const HOSTILE: [string, Uint8Array, string][] = [
  ['no badge', picture(), 'no_badge'],
  ['another keyword', picture(itxt('Comment', TEXT)), 'no_badge'],
  ['the keyword in other letters', picture(itxt('OpenBadgeCredential', TEXT)), 'no_badge'],
  ['the keyword with a space', picture(itxt(`${KEY} `, TEXT)), 'no_badge'],
  ['two badges', picture(itxt(KEY, TEXT), itxt(KEY, TEXT)), 'baked_twice'],
  ['two equal badges, one behind the data', png(header(), itxt(KEY, TEXT), idat, itxt(KEY, TEXT), end), 'baked_twice'],
  ['a badge and a record', picture(itxt(KEY, TEXT), itxt('clrcredential', TEXT)), 'baked_twice'],
  ['an empty badge', picture(itxt(KEY, ' \n')), 'baked_empty'],
  ['compressed text', picture(itxt(KEY, deflateSync(Buffer.from(TEXT)), 1)), 'png_compressed_text'],
  ['a compressed bomb', picture(itxt(KEY, bomb, 1)), 'png_compressed_text'],
  ['a zTXt bomb', picture(keyed('zTXt', Buffer.concat([Buffer.of(0), bomb]))), 'png_compressed_text'],
  ['an odd compression flag', picture(itxt(KEY, TEXT, 7)), 'png_compressed_text'],
  ['tEXt', picture(keyed('tEXt', Buffer.from(TEXT))), 'png_text_chunk'],
  ['iTXt without language', picture(keyed('iTXt', Buffer.of(0, 0))), 'png_text'],
  ['iTXt without translated keyword', picture(keyed('iTXt', Buffer.from('\0\0en\0x'))), 'png_text'],
  ['iTXt that ends with its keyword', picture(chunk('iTXt', Buffer.from(`${KEY}\0`))), 'png_compressed_text'],
  ['not UTF-8', picture(itxt(KEY, Buffer.of(0x7b, 0xff, 0x7d))), 'png_encoding'],
  ['65,535 x 65,535', png(header(65_535, 65_535), itxt(KEY, TEXT), idat, end), 'image_side'],
  ['0 x 8', png(header(0, 8), itxt(KEY, TEXT), idat, end), 'image_side'],
  ['2^31 x 1', png(header(2 ** 31, 1), itxt(KEY, TEXT), idat, end), 'image_side'],
  ['no header', png(itxt(KEY, TEXT), idat, end), 'png_header'],
  ['a wrong CRC of the badge', picture(chunk('iTXt', Buffer.from(`${KEY}\0\0\0\0\0${TEXT}`), 1)), 'png_crc'],
  ['a length near 2^32', lie, 'png_length'],
  ['cut in the badge', good.subarray(0, 60), 'png_length'],
  ['no end', good.subarray(0, -12), 'png_truncated'],
  ['half an end', good.subarray(0, -5), 'png_truncated'],
  ['something behind the end', Buffer.concat([good, Buffer.of(0)]), 'png_trailing'],
  ['a second picture behind the end', Buffer.concat([good, good]), 'png_trailing'],
  ['10,000 chunks', picture(...Array.from({ length: 10_000 }, () => chunk('tEXt', Buffer.from('a\0b')))), 'png_chunks'],
  ['10,000 badges', picture(...Array.from({ length: 10_000 }, () => itxt(KEY, TEXT))), 'png_chunks'],
  ['a chunk type of digits', picture(chunk('1234'), itxt(KEY, TEXT)), 'png_type'],
  ['also a PDF', picture(chunk('tEXt', Buffer.from('a\0%PDF-1.7')), itxt(KEY, TEXT)), 'polyglot'],
  ['larger than the limit', picture(chunk('tEXt', Buffer.alloc(2 * 1024 * 1024 + 1, 'a'))), 'image_bytes'],
  ['nothing', Buffer.alloc(0), 'png_signature'],
  ['the signature alone', PNG_MAGIC, 'png_truncated'],
  ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'), 'png_signature'],
  ['the older edition compressed', picture(itxt('openbadges', bomb, 1)), 'open-badges-2'],
  [
    'the older edition as tEXt',
    picture(chunk('tEXt', Buffer.from('openbadges\0https://x.example/1'))),
    'open-badges-2',
  ],
  ['the older edition twice', picture(itxt('openbadges', 'a'), itxt('openbadges', 'b')), 'baked_twice'],
  ['a keyword of the prototype', picture(itxt('constructor', TEXT), itxt('__proto__', TEXT)), 'no_badge'],
];

describe('a badge inside a PNG', () => {
  it('is taken from the one chunk, wherever it stands, and trimmed', () => {
    expect(outcome(good)).toEqual({ edition: 'open-badges-3', text: TEXT });
    expect(outcome(png(header(), idat, itxt(KEY, ` ${TEXT}\n`), end))).toEqual({
      edition: 'open-badges-3',
      text: TEXT,
    });
    expect(outcome(picture(itxt('clrcredential', TEXT)))).toEqual({ edition: 'clr-2', text: TEXT });
    // Language and translated keyword should be empty; where they are not, they are still not the badge.
    expect(outcome(picture(itxt(KEY, TEXT, 0, 'fil\0Katibayan\0')))).toEqual({ edition: 'open-badges-3', text: TEXT });
  });

  it('is the newer one when the older edition stands beside it', () => {
    const both = picture(itxt('openbadges', '{"type":"Assertion"}'), itxt(KEY, TEXT));
    expect(outcome(both)).toEqual({ edition: 'open-badges-3', text: TEXT });
  });

  it.each(HOSTILE)('is refused, nothing inflated: %s', (_, bytes, code) => {
    const before = process.memoryUsage().arrayBuffers;
    const found = outcome(bytes);
    expect(typeof found === 'string' ? found : found.edition).toBe(code);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * 1024 * 1024);
  });

  it('is the same for a second reader, or refused by ours (2,000 changed files)', () => {
    let read = 0;
    const parts = [itxt(KEY, TEXT), itxt(KEY, 'a.b.c'), itxt('Comment', TEXT), itxt('clrcredential', TEXT), idat];
    const file = fc
      .array(fc.constantFrom(...parts), { maxLength: 4 })
      .map((more) => png(header(), idat, ...more, end))
      .chain((bytes) =>
        fc.array(fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255) }), { maxLength: 2 }).map((changes) => {
          const out = Buffer.from(bytes);
          for (const { at, to } of changes) out[at] = to;
          return out;
        }),
      );
    fc.assert(
      fc.property(file, (bytes) => {
        const found = outcome(bytes);
        if (typeof found === 'string' || found.edition !== 'open-badges-3') return;
        read++;
        expect(found.text).toBe(secondPng(bytes));
      }),
      { numRuns: 2_000 },
    );
    expect(read).toBeGreaterThan(100);
  });
});
