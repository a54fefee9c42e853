import { timingSafeEqual } from 'node:crypto';
import { type Random, randomId, randomToken, sha256Hex } from '#kernel';

const HEADER = /^[Bb][Ee][Aa][Rr][Ee][Rr] tatak_([0-9a-hjkmnp-tv-z]{26})_([A-Za-z0-9_-]{43})$/;

export interface KeyText {
  keyId: string;
  secret: string;
}

/** `tatak_<keyId>_<secret>`: the prefix lets scanners find leaked keys. */
export const formatKeyText = ({ keyId, secret }: KeyText): string => `tatak_${keyId}_${secret}`;

export function newKeyText(random: Random): KeyText {
  return { keyId: randomId(random), secret: randomToken(random) };
}

/** From an `Authorization` header (RFC 6750 2.1; the scheme in any case, RFC 9110 11.1); undefined for anything else. */
export function parseAuthorization(header: unknown): KeyText | undefined {
  const match = typeof header === 'string' && header.length <= 128 ? HEADER.exec(header) : null;
  return match ? { keyId: match[1]!, secret: match[2]! } : undefined;
}

export const hashSecret = (secret: string): string => sha256Hex(secret);

/** Compares digests in constant time: how much of a guess is right cannot be measured. */
export function matchesHash(secret: string, sha256: string): boolean {
  const actual = Buffer.from(hashSecret(secret), 'hex');
  const expected = Buffer.from(sha256, 'hex');
  return expected.length === actual.length && timingSafeEqual(actual, expected);
}
