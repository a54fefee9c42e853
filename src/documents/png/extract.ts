import { LIMITS } from '#kernel';
import { type Baked, KEYWORDS, onlyOne, UNREAD } from '../baked.ts';
import { looksLikePdf, refuseImage } from '../refusal.ts';
import { type Chunk, readChunks } from './chunks.ts';
import { readHeader } from './inspect.ts';

/**
 * The badge inside a PNG: exactly one uncompressed iTXt chunk with the keyword (Open Badges 3.0, 5.3.1). Nothing is decoded
 * and nothing inflated; other chunks are checked for length and CRC and passed over, whatever they are.
 * @throws Problem `invalid-image` with a stable `code`
 */
export function extractPng(bytes: Uint8Array): Baked {
  if (bytes.byteLength > LIMITS.imageBytes) {
    throw refuseImage('image_bytes', `the file is larger than ${LIMITS.imageBytes} bytes`);
  }
  if (looksLikePdf(bytes)) throw refuseImage('polyglot', 'the file is also another kind of document');
  const chunks = readChunks(bytes);
  readHeader(chunks[0]!);
  const found: Baked[] = [];
  for (const chunk of chunks) {
    const baked = read(chunk);
    if (baked) found.push(baked);
  }
  return onlyOne(found);
}

function read({ type, data }: Chunk): Baked | undefined {
  if (type !== 'iTXt' && type !== 'tEXt' && type !== 'zTXt') return undefined;
  const end = data.subarray(0, 80).indexOf(0);
  const keyword = end < 1 ? '' : latin1(data.subarray(0, end));
  const edition = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword]! : undefined;
  if (edition === undefined) return undefined;
  if (edition === 'open-badges-2') return { edition, text: older(type, data, end) };
  if (type === 'zTXt') throw refuseImage('png_compressed_text', 'the badge is compressed, which the standard forbids');
  if (type === 'tEXt') throw refuseImage('png_text_chunk', 'the badge stands in the wrong kind of text chunk');
  return { edition, text: international(data, end) };
}

/** Open Badges 2.0 is recognised however its text was put in; what cannot be read without inflating it is not read. */
function older(type: string, data: Uint8Array, end: number): string {
  if (type === 'tEXt') return latin1(data.subarray(end + 1)).trim() || UNREAD;
  if (type === 'zTXt' || data[end + 1] !== 0) return UNREAD;
  try {
    return international(data, end) || UNREAD;
  } catch {
    return UNREAD;
  }
}

/** PNG third edition 11.3.3.4: keyword, flag, method, language, translated keyword, then the text in UTF-8. */
function international(data: Uint8Array, end: number): string {
  if (data[end + 1] !== 0)
    throw refuseImage('png_compressed_text', 'the badge is compressed, which the standard forbids');
  const language = data.indexOf(0, end + 3);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  if (translated < 0) throw refuseImage('png_text', 'the text chunk of the badge is broken');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data.subarray(translated + 1)).trim();
  } catch {
    throw refuseImage('png_encoding', 'the badge inside this picture is not UTF-8');
  }
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
