import { hash } from 'node:crypto';

/** SHA-256 of UTF-8 text or bytes, lower-case hex. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/** A SHA-256 in hex as `u` (base64url) and a multihash: 0x12 is SHA2-256, 0x20 its length (VCDM 2.0, 5.3). */
export function digestMultibase(sha256: string): string {
  return `u${Buffer.from(`1220${sha256}`, 'hex').toString('base64url')}`;
}

/** A SHA2-256 multihash in base64url or base58btc. */
export const DIGEST_MULTIBASE = /^(?:uEi[A-D][A-Za-z0-9_-]{42}[AQgw]|zQm[1-9A-HJ-NP-Za-km-z]{44})$/;
