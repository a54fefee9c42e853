import { createHash } from 'node:crypto';

/** SHA-256 of UTF-8 text or bytes, lower-case hex. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** A SHA-256 as `digestMultibase` (Controlled Identifiers 1.0, sections 2.4 and 2.5): multihash in base64url, prefix `u`. @param hex 64 digits */
export function digestMultibase(hex: string): string {
  return `u${Buffer.from(`1220${hex}`, 'hex').toString('base64url')}`;
}
