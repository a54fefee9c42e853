import { later } from '../later.ts';
import { Buffer } from './buffer.ts';
import { hash } from './crypto.ts';

/** As much of `node:zlib` as reading takes, by the `DecompressionStream` of the platform; nothing is packed in a client. */

export const constants = { Z_HUFFMAN_ONLY: 2 };

type Format = 'deflate' | 'deflate-raw';

interface Limits {
  maxOutputLength: number;
  info: true;
}
interface Inflated {
  buffer: Buffer;
  engine: { bytesWritten: number };
}

/** RFC 1950, all of it one stream: what is behind its end is refused. */
export const inflateSync = (packed: Uint8Array, limits: Limits): Inflated => inflate('deflate', packed, 0, limits);

/** In a GZIP member (RFC 1952 2.3) a check sum and a size of four bytes each follow the stream. */
const GZIP_TRAILER = 8;

/** RFC 1951 as it stands in one GZIP member: the last eight bytes are not of the stream, and must be there. */
export const inflateRawSync = (packed: Uint8Array, limits: Limits): Inflated =>
  inflate('deflate-raw', packed, GZIP_TRAILER, limits);

function inflate(format: Format, packed: Uint8Array, behind: number, { maxOutputLength }: Limits): Inflated {
  if (packed.length <= behind) throw new Error('unexpected end of file');
  const stream = packed.subarray(0, packed.length - behind);
  const name = `${format} ${maxOutputLength} ${hash('sha256', stream)}`;
  const buffer = later(name, () => read(format, Uint8Array.from(stream), maxOutputLength));
  return { buffer, engine: { bytesWritten: stream.length } };
}

/** Never more than the cap in memory, save the piece that the platform gives at once. */
async function read(format: Format, packed: Uint8Array<ArrayBuffer>, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of new Blob([packed]).stream().pipeThrough(new DecompressionStream(format))) {
    parts.push(part);
    size += part.length;
    if (size > most) throw Object.assign(new RangeError('too large'), { code: 'ERR_BUFFER_TOO_LARGE' });
  }
  return Buffer.concat(parts);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** RFC 1952 section 8. */
export function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ TABLE[(sum ^ byte) & 0xff]!;
  return (sum ^ 0xffffffff) >>> 0;
}
