import { crc32 } from 'node:zlib';
import { refuseImage } from '../refusal.ts';

/** PNG third edition, 5.2. */
export const PNG_SIGNATURE: Uint8Array = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** An encoder with 4 KiB buffers needs about 512 for the largest upload. */
const MAX_CHUNKS = 2_000;

export interface Chunk {
  /** Four ASCII letters. */
  type: string;
  /** Of the length field in the file. */
  offset: number;
  /** A view, not a copy. */
  data: Uint8Array;
}

export const isPng = (bytes: Uint8Array): boolean =>
  bytes.length >= PNG_SIGNATURE.length && PNG_SIGNATURE.every((byte, at) => bytes[at] === byte);

/**
 * The chunks in order, every length inside the file and every CRC right, the file ending with the IEND chunk. Nothing is
 * decoded and nothing inflated.
 * @throws Problem `invalid-image`
 */
export function readChunks(bytes: Uint8Array): Chunk[] {
  if (!isPng(bytes)) throw refuseImage('png_signature', 'the file does not begin as a PNG');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let offset = PNG_SIGNATURE.length;
  for (;;) {
    if (bytes.length - offset < 12) throw refuseImage('png_truncated', 'the file ends before its IEND chunk');
    const length = view.getUint32(offset);
    // Compared with what is left, never added first: a length near 2^32 cannot overflow anything.
    if (length > bytes.length - offset - 12) throw refuseImage('png_length', 'a chunk is longer than the file');
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    if (!/^[A-Za-z]{2}[A-Z][A-Za-z]$/.test(type)) throw refuseImage('png_type', 'a chunk has no valid type');
    const end = offset + 8 + length;
    if (crc32(bytes.subarray(offset + 4, end)) >>> 0 !== view.getUint32(end)) {
      throw refuseImage('png_crc', `the ${type} chunk does not match its CRC`);
    }
    chunks.push({ type, offset, data: bytes.subarray(offset + 8, end) });
    if (chunks.length > MAX_CHUNKS) throw refuseImage('png_chunks', `more than ${MAX_CHUNKS} chunks`);
    offset = end + 4;
    if (type === 'IEND') break;
  }
  if (offset !== bytes.length) throw refuseImage('png_trailing', 'there is data after the IEND chunk');
  return chunks;
}
