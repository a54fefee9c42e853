import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspectImage, inspectPng, readChunks } from '#documents';
import { LIMITS, Problem } from '#kernel';
import { chunk, end, header, idat, png, PNG_MAGIC as SIGNATURE } from './samples.ts';

const text = (keyword: string, value: string) => chunk('tEXt', Buffer.from(`${keyword}\0${value}`, 'latin1'));
const itxt = (keyword: string, flag: number, value: Buffer | string) =>
  chunk('iTXt', Buffer.concat([Buffer.from(`${keyword}\0`), Buffer.of(flag, 0, 0, 0), Buffer.from(value)]));
const good = png(header(), idat, end);

function codeOf(bytes: Uint8Array, inspect: (bytes: Uint8Array) => unknown = inspectPng): string | undefined {
  try {
    inspect(bytes);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.kind).toBe('invalid-image');
    return error.errors[0]?.code;
  }
}

/** A megabyte of zeros for every kilobyte of file. */
const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });
const lie = Buffer.from(good);
lie.writeUInt32BE(0xffff_fff0, 8);
const short = Buffer.from(good);
short.writeUInt32BE(14, 8);

const HOSTILE: [string, Uint8Array, string][] = [
  ['nothing', Buffer.alloc(0), 'png_signature'],
  ['the signature alone', SIGNATURE, 'png_truncated'],
  ['a changed signature', Buffer.concat([Buffer.from('89504e470a0d1a0a', 'hex'), good.subarray(8)]), 'png_signature'],
  ['65,535 x 65,535', png(header(65_535, 65_535), idat, end), 'image_side'],
  ['0 x 8', png(header(0, 8), idat, end), 'image_side'],
  ['8 x 0', png(header(8, 0), idat, end), 'image_side'],
  ['2^31 x 1', png(header(2 ** 31, 1), idat, end), 'image_side'],
  ['2^32-1 x 2^32-1', png(header(2 ** 32 - 1, 2 ** 32 - 1), idat, end), 'image_side'],
  ['one pixel too wide', png(header(LIMITS.imageSide + 1, 1), idat, end), 'image_side'],
  ['a length near 2^32', lie, 'png_length'],
  ['a length one too long', short, 'png_crc'],
  ['a wrong header CRC', png(chunk('IHDR', header().subarray(8, 21), 1), idat, end), 'png_crc'],
  ['a wrong data CRC', png(header(), chunk('IDAT', Buffer.of(1), 0xff), end), 'png_crc'],
  ['a wrong end CRC', png(header(), idat, chunk('IEND', Buffer.alloc(0), 1)), 'png_crc'],
  ['no end', png(header(), idat), 'png_truncated'],
  ['half an end', good.subarray(0, -5), 'png_truncated'],
  ['no data', png(header(), end), 'png_order'],
  ['no header', png(idat, end), 'png_header'],
  ['the header second', png(text('a', 'b'), header(), idat, end), 'png_header'],
  ['two headers', png(header(), header(), idat, end), 'png_order'],
  ['a short header', png(chunk('IHDR', Buffer.alloc(12)), idat, end), 'png_header'],
  ['bit depth 3', png(header(8, 8, [3, 0, 0, 0, 0]), idat, end), 'png_header'],
  ['colour type 5', png(header(8, 8, [8, 5, 0, 0, 0]), idat, end), 'png_header'],
  ['compression 1', png(header(8, 8, [8, 6, 1, 0, 0]), idat, end), 'png_header'],
  ['filter 1', png(header(8, 8, [8, 6, 0, 1, 0]), idat, end), 'png_header'],
  ['interlace 2', png(header(8, 8, [8, 6, 0, 0, 2]), idat, end), 'png_header'],
  ['interrupted data', png(header(), idat, text('a', 'b'), idat, end), 'png_order'],
  ['data in the end', png(header(), idat, chunk('IEND', Buffer.of(0))), 'png_order'],
  ['something after the end', Buffer.concat([good, Buffer.of(0)]), 'png_trailing'],
  ['an archive after the end', Buffer.concat([good, Buffer.from('PK\x03\x04')]), 'png_trailing'],
  ['a page after the end', Buffer.concat([good, Buffer.from('<script>alert(1)</script>')]), 'png_trailing'],
  ['10,000 chunks', png(header(), ...Array.from({ length: 10_000 }, () => text('a', 'b')), idat, end), 'png_chunks'],
  [
    'a zTXt bomb',
    png(header(), chunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), bomb])), idat, end),
    'png_compressed_text',
  ],
  ['an iTXt bomb', png(header(), itxt('a', 1, bomb), idat, end), 'png_compressed_text'],
  ['iTXt flag 2', png(header(), itxt('a', 2, 'b'), idat, end), 'png_compressed_text'],
  ['iTXt cut short', png(header(), chunk('iTXt', Buffer.from('a\0')), idat, end), 'png_compressed_text'],
  [
    'an iCCP bomb',
    png(header(), chunk('iCCP', Buffer.concat([Buffer.from('a\0\0'), bomb, bomb])), idat, end),
    'png_icc',
  ],
  ['text without keyword', png(header(), chunk('tEXt', Buffer.from('\0b')), idat, end), 'png_keyword'],
  ['text without end of keyword', png(header(), chunk('tEXt', Buffer.alloc(200, 65)), idat, end), 'png_keyword'],
  ['an unknown critical chunk', png(header(), chunk('ABCD'), idat, end), 'png_chunk'],
  ['an unknown private chunk', png(header(), chunk('hiDe', Buffer.from('x')), idat, end), 'png_chunk'],
  ['an animation', png(header(), chunk('acTL', Buffer.alloc(8)), idat, end), 'png_chunk'],
  ['a type of digits', png(header(), chunk('1234'), idat, end), 'png_type'],
  ['the reserved bit set', png(header(), chunk('abcd'), idat, end), 'png_type'],
  ['a palette after the data', png(header(), idat, chunk('PLTE', Buffer.alloc(3)), end), 'png_order'],
  [
    'two palettes',
    png(header(), chunk('PLTE', Buffer.alloc(3)), chunk('PLTE', Buffer.alloc(3)), idat, end),
    'png_order',
  ],
  ['a palette of 4 bytes', png(header(), chunk('PLTE', Buffer.alloc(4)), idat, end), 'png_palette'],
  ['a page in a text', png(header(), text('Comment', '<SCRIPT>alert(1)</SCRIPT>'), idat, end), 'polyglot'],
  ['a page in a profile', png(header(), chunk('iCCP', Buffer.from('<html>')), idat, end), 'polyglot'],
  ['a PDF in a text', png(header(), text('Comment', '%PDF-1.7'), idat, end), 'polyglot'],
  ['a PDF in the data', png(header(), chunk('IDAT', Buffer.from('%PDF-1.7')), end), 'polyglot'],
  ['too many bytes', Buffer.concat([good, Buffer.alloc(LIMITS.imageBytes)]), 'image_bytes'],
];

describe('inspectPng (IM-1, IM-5)', () => {
  it('reads what the header declares', () => {
    expect(inspectPng(good)).toEqual({ width: 8, height: 8, textKeywords: [] });
    const largest = png(header(LIMITS.imageSide, LIMITS.imageSide), idat, end);
    expect(inspectPng(largest)).toMatchObject({ width: LIMITS.imageSide, height: LIMITS.imageSide });
    const several = png(
      header(),
      chunk('gAMA', Buffer.alloc(4)),
      text('Title', 'x'),
      itxt('Note', 0, 'é'),
      idat,
      idat,
      end,
    );
    expect(inspectPng(several).textKeywords).toEqual(['Title', 'Note']);
  });

  it('does not depend on where the bytes stand in their buffer', () => {
    const padded = Buffer.concat([Buffer.alloc(3, 9), good, Buffer.alloc(5, 9)]);
    expect(inspectPng(padded.subarray(3, 3 + good.length))).toMatchObject({ width: 8 });
    expect(readChunks(padded.subarray(3, 3 + good.length)).map(({ type }) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
  });

  it.each(HOSTILE)('refuses %s', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
    expect(codeOf(bytes, inspectImage)).toBe(code === 'png_signature' ? 'image_type' : code);
  });

  it('refuses every truncation and every changed byte without failing otherwise', () => {
    for (let length = 0; length < good.length; length++) expect(codeOf(good.subarray(0, length))).toBeDefined();
    for (let at = 0; at < good.length; at++) {
      const changed = Buffer.from(good);
      changed[at]! ^= 0x20;
      expect(codeOf(changed), String(at)).toBeDefined();
    }
  });
});

describe('inspectImage', () => {
  it('goes by the first bytes', () => {
    expect(inspectImage(good)).toEqual({ mediaType: 'image/png', width: 8, height: 8 });
    expect(inspectImage(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual({
      mediaType: 'image/svg+xml',
    });
  });

  it.each([
    'GIF89a',
    'GIF89a=1;/*',
    '<html><body>',
    '%PDF-1.7',
    '\xff\xd8\xff\xe0JFIF',
    'RIFF....WEBP',
    'BM',
    '{}',
    '\0\0\x01\0',
    '',
  ])('refuses what begins %j', (start) => {
    const bytes = Buffer.concat([Buffer.from(start, 'latin1'), good]);
    expect(codeOf(start === '' ? Buffer.alloc(0) : bytes, inspectImage)).toBe('image_type');
  });

  it('refuses a picture that holds a badge already', () => {
    for (const part of [itxt('openbadgecredential', 0, '{}'), text('openbadges', 'https://a.example/')]) {
      expect(codeOf(png(header(), part, idat, end), inspectImage)).toBe('baked');
      expect(inspectPng(png(header(), part, idat, end)).textKeywords).toHaveLength(1);
    }
  });
});
