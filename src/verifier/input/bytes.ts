import { isSvg } from '#documents';
import { Problem, parseStrictJsonBytes } from '#kernel';
import { readImage } from './image.ts';
import { fromValue } from './json.ts';
import { looksLikeJwt, readJwt } from './jwt.ts';
import type { Origin, Read } from './model.ts';

/** How files begin. What a server or a name calls them does not matter. */
const PICTURES: readonly (readonly [magic: string, kind: 'png' | 'pdf' | 'other'])[] = [
  ['\x89PNG', 'png'],
  ['%PDF-', 'pdf'],
  ['GIF8', 'other'],
  ['\xff\xd8\xff', 'other'],
  ['RIFF', 'other'],
  ['BM', 'other'],
  ['PK\x03\x04', 'other'],
];
const HEAD = 2_048;
const PAGE = /^(?:\xEF\xBB\xBF)?\s*<(?:!doctype\s+html|html)\b/i;
const PAGE_LATER = /<(?:!doctype\s+html|html|head|body|meta|title|link|script|div|p)\b/i;

/**
 * What these bytes are, by their first ones, and the badge in them.
 * @throws Problem `invalid-image`, `malformed-json`, `payload-too-large`, `invalid-request`, `unavailable`
 */
export async function readBytes(bytes: Uint8Array, origin: Origin): Promise<Read> {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD)).toString('latin1');
  const kind = PICTURES.find(([magic]) => head.startsWith(magic))?.[1] ?? markup(head, bytes);
  switch (kind) {
    case 'png':
    case 'svg':
    case 'pdf':
      return readImage(kind, bytes, origin);
    case 'page':
      return { kind: 'page', text: Buffer.from(bytes).toString('utf8'), origin };
    case 'other':
      throw new Problem(
        'invalid-image',
        'a badge is carried by JSON, a token, a PNG, an SVG or a PDF, not by this kind of file',
        {
          extensions: { code: 'image_type' },
        },
      );
    case undefined:
      break;
    default:
      throw new Error(`file: no case for ${String(kind satisfies never)}`);
  }
  if (looksLikeJwt(head)) return readJwt(Buffer.from(bytes).toString('latin1'), origin);
  const plain = head.startsWith('\xEF\xBB\xBF') ? bytes.subarray(3) : bytes;
  return fromValue(parseStrictJsonBytes(plain), () => Buffer.from(plain).toString('utf8'), origin);
}

/** A page may hold pictures, and a picture a page’s elements: the beginning decides. */
function markup(head: string, bytes: Uint8Array): 'svg' | 'page' | undefined {
  if (PAGE.test(head)) return 'page';
  if (isSvg(bytes)) return 'svg';
  if (
    !head
      .trimStart()
      .replace(/^\xEF\xBB\xBF\s*/, '')
      .startsWith('<')
  )
    return undefined;
  if (/<svg[\s>]/i.test(head) && !PAGE_LATER.test(head)) return 'svg';
  return PAGE_LATER.test(head) ? 'page' : undefined;
}
