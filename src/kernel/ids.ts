import type { Random } from './ports.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Lower-case Crockford base 32; the last character is filled up with zero bits. */
export function base32(bytes: Uint8Array): string {
  let out = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(buffer >> bits) & 31];
      buffer &= (1 << bits) - 1;
    }
  }
  return bits === 0 ? out : out + ALPHABET[(buffer << (5 - bits)) & 31];
}

/** 128 random bits as 26 characters of base 32. */
export const randomId = (random: Random): string => base32(random.bytes(16));

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits as base64url: for a secret of which only the digest is stored, which needs neither salt nor slow hash. */
export const randomToken = (random: Random): string => Buffer.from(random.bytes(32)).toString('base64url');

/** Whether a text could have been made by `randomToken`: nothing else is looked up. */
export const isToken = (text: string | undefined): text is string => text !== undefined && TOKEN.test(text);

/** RFC 9562 version 4, from the injected source. */
export function randomUuid(random: Random): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const ID_PATTERN = /^[0-9a-hjkmnp-tv-z]{26}$/;

/** An institution's place in addresses and in its DID; never changes, because certificates carry it. */
export const SLUG_PATTERN = /^[a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9])$/;
