import { crc32 } from 'node:zlib';
import { KEYWORDS } from '../baked.ts';
import { refuseImage } from '../refusal.ts';
import { type Chunk, PNG_SIGNATURE, readChunks } from './chunks.ts';
import { extractPng } from './extract.ts';

/** The keyword of Open Badges 3.0. */
const KEYWORD = 'openbadgecredential';
const TEXT_CHUNKS: ReadonlySet<string> = new Set(['iTXt', 'tEXt', 'zTXt']);

/**
 * The picture with this badge in it: one uncompressed iTXt chunk before the picture data (Open Badges 3.0, 5.3.1). A badge
 * that was in it, of whatever edition, is taken out; every other chunk keeps its bytes and its place.
 * @param text the JSON of an embedded proof or a compact token, without space around it
 * @returns a file from which `extractPng` reads exactly `text`
 * @throws Problem `invalid-image`: no PNG, or `image_bytes` when it would be larger than what we ourselves take
 */
export function bakePng(picture: Uint8Array, text: string): Uint8Array {
  const badge = chunk('iTXt', Buffer.from(`${KEYWORD}\0\0\0\0\0${text}`));
  const parts: Uint8Array[] = [PNG_SIGNATURE];
  let isIn = false;
  for (const part of readChunks(picture)) {
    if (isBadge(part)) continue;
    if (part.type === 'IDAT' && !isIn) {
      parts.push(badge);
      isIn = true;
    }
    parts.push(picture.subarray(part.offset, part.offset + 12 + part.data.length));
  }
  if (!isIn) throw refuseImage('png_order', 'there is no picture data');
  const baked = Buffer.concat(parts);
  // What we give out is what we read ourselves.
  if (extractPng(baked).text !== text) throw new Error('the baked badge is not read as it was written');
  return baked;
}

function isBadge({ type, data }: Chunk): boolean {
  if (!TEXT_CHUNKS.has(type)) return false;
  const end = data.subarray(0, 80).indexOf(0);
  return Object.hasOwn(KEYWORDS, Buffer.from(data.subarray(0, Math.max(end, 0))).toString('latin1'));
}

/** PNG third edition, 5.3: length, type, data, CRC of type and data. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length);
  out.write(type, 4, 'latin1');
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, -4)) >>> 0, out.length - 4);
  return out;
}
