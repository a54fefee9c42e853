import { LIMITS } from '#kernel';
import { looksLikePdf, refuseImage } from '../refusal.ts';
import { type Chunk, readChunks } from './chunks.ts';

export interface PngFacts {
  width: number;
  height: number;
  /** Keywords of the uncompressed text chunks, in order: `openbadgecredential` says that a badge is baked in. */
  textKeywords: string[];
}

/** PNG third edition 11.2.1: colour type -> allowed bit depths. */
const BIT_DEPTHS: Record<number, readonly number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** Chunks that say something about a still picture. Anything else is a place to hide another file in. */
const ANCILLARY: ReadonlySet<string> = new Set([
  ...['tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT', 'bKGD', 'hIST', 'pHYs', 'sPLT', 'tIME', 'eXIf'],
  ...['tEXt', 'iTXt'],
]);
/** Compressed colour profile: viewers inflate it, so what it can become is bounded here. */
const MAX_ICC_BYTES = 64 * 1024;
const MARKUP = /<(?:html|script|body|iframe|svg|!doctype)|%PDF-/i;

/**
 * What a PNG declares, without decoding a pixel or inflating a byte: sizes, order and CRC of its chunks.
 * @throws Problem `invalid-image` with a stable `code`; the limits are LIMITS.imageBytes, imageSide and imagePixels
 */
export function inspectPng(bytes: Uint8Array): PngFacts {
  if (bytes.byteLength > LIMITS.imageBytes) {
    throw refuseImage('image_bytes', `the file is larger than ${LIMITS.imageBytes} bytes`);
  }
  if (looksLikePdf(bytes)) throw refuseImage('polyglot', 'the file is also another kind of document');
  const chunks = readChunks(bytes);
  const size = readHeader(chunks[0]!);
  checkOrder(chunks);
  const textKeywords: string[] = [];
  for (const chunk of chunks) {
    const keyword = checkChunk(chunk);
    if (keyword !== undefined) textKeywords.push(keyword);
  }
  return { ...size, textKeywords };
}

/** @throws Problem `invalid-image`: no header first, or sides and pixels beyond the limits */
export function readHeader({ type, data }: Chunk): { width: number; height: number } {
  if (type !== 'IHDR' || data.length !== 13) throw refuseImage('png_header', 'the first chunk is not a PNG header');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  if (width < 1 || height < 1 || width > LIMITS.imageSide || height > LIMITS.imageSide) {
    throw refuseImage('image_side', `each side must have 1 to ${LIMITS.imageSide} pixels`);
  }
  if (width * height > LIMITS.imagePixels) throw refuseImage('image_pixels', `more than ${LIMITS.imagePixels} pixels`);
  const [depth, colour, compression, filter, interlace] = data.subarray(8);
  const known = BIT_DEPTHS[colour!]?.includes(depth!) && compression === 0 && filter === 0 && interlace! <= 1;
  if (!known) throw refuseImage('png_header', 'the header names a format that PNG does not have');
  return { width, height };
}

/** One header, picture data in one run, an empty end (PNG third edition, 5.6). */
function checkOrder(chunks: readonly Chunk[]): void {
  const types = chunks.map(({ type }) => type);
  const first = types.indexOf('IDAT');
  const last = types.lastIndexOf('IDAT');
  if (first < 0) throw refuseImage('png_order', 'there is no picture data');
  if (types.slice(first, last + 1).some((type) => type !== 'IDAT')) {
    throw refuseImage('png_order', 'the picture data is interrupted');
  }
  if (types.lastIndexOf('IHDR') !== 0) throw refuseImage('png_order', 'there is more than one header');
  const palette = types.indexOf('PLTE');
  if (palette !== types.lastIndexOf('PLTE') || palette > first) {
    throw refuseImage('png_order', 'the palette stands in the wrong place');
  }
  if (chunks.at(-1)!.data.length !== 0) throw refuseImage('png_order', 'the IEND chunk is not empty');
}

/** @returns the keyword of a text chunk */
function checkChunk({ type, data }: Chunk): string | undefined {
  if (type === 'IHDR' || type === 'IDAT' || type === 'IEND') return undefined;
  if (type === 'PLTE') {
    if (data.length === 0 || data.length % 3 !== 0 || data.length > 768) {
      throw refuseImage('png_palette', 'the palette has no valid length');
    }
    return undefined;
  }
  if (type === 'zTXt') throw refuseImage('png_compressed_text', 'compressed text is not accepted');
  if (!ANCILLARY.has(type)) throw refuseImage('png_chunk', `chunks of type ${type} are not accepted`);
  if (type === 'iCCP' && data.length > MAX_ICC_BYTES) throw refuseImage('png_icc', 'the colour profile is too large');
  if (MARKUP.test(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1'))) {
    throw refuseImage('polyglot', `the ${type} chunk holds another kind of document`);
  }
  return type === 'tEXt' || type === 'iTXt' ? readKeyword(type, data) : undefined;
}

/** PNG third edition 11.3.3: 1 to 79 characters before a null; in iTXt then the compression flag. */
function readKeyword(type: 'tEXt' | 'iTXt', data: Uint8Array): string {
  const end = data.subarray(0, 80).indexOf(0);
  if (end < 1) throw refuseImage('png_keyword', 'a text chunk has no keyword');
  if (type === 'iTXt' && (data.length < end + 5 || data[end + 1] !== 0)) {
    throw refuseImage('png_compressed_text', 'compressed text is not accepted');
  }
  return Buffer.from(data.subarray(0, end)).toString('latin1');
}
