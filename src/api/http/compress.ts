import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const brotli = promisify(brotliCompress);
/** Below this a packet is not saved. */
const LEAST_BYTES = 1_024;
/** Only a page with somebody's picture in it is longer, and pictures are compressed already: a tenth of a second for nothing. */
const MOST_BYTES = 512 * 1_024;
/** Of style sheets and scripts, which are compressed once; of a page, for one reader. */
const [BEST, QUICK] = [11, 4];

/** Bodies that are compressed once, by their text. At most as many as there are assets. */
const kept = new Map<string, Promise<Uint8Array>>();

/**
 * A page, a style sheet or a script for a slow link, by brotli (RFC 7932), which every browser reads over TLS and on loopback.
 * Signed documents are never touched, nor pages that are one person's own: a length may not tell what stands in them (BREACH).
 * @param accept header `Accept-Encoding`
 * @param lasting the same bytes are sent to everybody
 * @returns undefined where the body is sent as it is
 */
export async function compressed(accept: string | undefined, body: Uint8Array, lasting: string | false) {
  if (body.length < LEAST_BYTES || body.length > MOST_BYTES || !accepts(accept)) return undefined;
  if (lasting === false) return squeeze(body, QUICK);
  let made = kept.get(lasting);
  if (!made) {
    made = squeeze(body, BEST);
    kept.set(lasting, made);
  }
  return made;
}

async function squeeze(body: Uint8Array, quality: number): Promise<Uint8Array> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return brotli(body, { params });
}

/** RFC 9110, 12.5.3: named, and not refused by `q=0`. */
function accepts(header = ''): boolean {
  const [, quality = '1'] = /(?:^|,)\s*br\s*(?:;\s*q=([\d.]+)\s*)?(?:,|$)/i.exec(header) ?? [undefined, '0'];
  return Number(quality) > 0;
}
