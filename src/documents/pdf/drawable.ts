import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { Problem } from '#kernel';
import { readChunks } from '../png/chunks.ts';
import { inspectPng } from '../png/inspect.ts';

/** Of a picture on paper: the library unpacks it whole. */
const MAX_PIXELS = 2_000_000;

/**
 * A PNG that may be put on paper: sound, of moderate size, and its data unpacks to no more than its header says (the library
 * would unpack whatever is there).
 * @returns undefined otherwise: the paper then has no picture
 */
export async function drawablePng(png: Uint8Array | undefined): Promise<Uint8Array | undefined> {
  if (png === undefined) return undefined;
  try {
    const { width, height } = inspectPng(png);
    const data = readChunks(png).filter(({ type }) => type === 'IDAT');
    // Four channels of 16 bits and the filter bytes of seven passes are the most a PNG can need.
    const most = width * height * 8 + height * 16 + 64;
    if (width * height > MAX_PIXELS) return undefined;
    await promisify(inflate)(Buffer.concat(data.map((chunk) => chunk.data)), { maxOutputLength: most });
    return png;
  } catch (error) {
    if (error instanceof Problem || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}
