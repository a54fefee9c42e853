import { decode, encode } from 'base58-universal';

/** Multicodec `ed25519-pub` (0xed) as varint. */
const ED25519_PUB = [0xed, 0x01] as const;

/** 32 bytes -> `z6Mk...` (Controlled Identifiers 1.0, 2.2.2 Multikey). */
export function encodeMultikey(publicKey: Uint8Array): string {
  if (publicKey.length !== 32) throw new RangeError('an Ed25519 public key has 32 bytes');
  return `z${encode(Uint8Array.of(...ED25519_PUB, ...publicKey))}`;
}

/**
 * The 32 bytes of an Ed25519 Multikey.
 * @returns undefined for anything else: other base, other curve, other length, characters outside the alphabet
 */
export function decodeMultikey(text: string): Uint8Array | undefined {
  // 34 bytes that begin with 0xed 0x01 are always 48 characters, `z6Mk` first: longer texts are not even decoded.
  if (!/^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/.test(text)) return undefined;
  const bytes = decode(text.slice(1));
  if (bytes?.length !== 34 || bytes[0] !== ED25519_PUB[0] || bytes[1] !== ED25519_PUB[1]) return undefined;
  return Uint8Array.from(bytes.subarray(2));
}
