import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { decode, encode } from 'base58-universal';

const ED25519_HEADER = [0xed, 0x01];
/** SubjectPublicKeyInfo of RFC 8410, before the 32 key bytes. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * The 32 bytes of an Ed25519 Multikey (`z` + base58btc of 0xed01 and the key; Controlled Identifiers 1.0, 2.2.2).
 * The text must be the only one for these bytes.
 * @returns undefined when it is anything else
 */
export function ed25519Bytes(publicKeyMultibase: string): Uint8Array | undefined {
  const bytes = strictBase58(publicKeyMultibase, 34);
  if (bytes?.[0] !== ED25519_HEADER[0] || bytes?.[1] !== ED25519_HEADER[1]) return undefined;
  return bytes?.subarray(2);
}

/** `z` + base58btc of exactly `length` bytes, in the one form that encodes back to the same text. */
export function strictBase58(multibase: unknown, length: number): Uint8Array | undefined {
  if (typeof multibase !== 'string' || multibase[0] !== 'z' || multibase.length > length * 2) return undefined;
  try {
    const bytes = decode(multibase.slice(1));
    return bytes?.length === length && `z${encode(bytes)}` === multibase ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 8032 verification by the platform. @param key 32 bytes; @param signature 64 bytes */
export function verifyEd25519(key: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, data, publicKey(key), signature);
}

function publicKey(key: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, key]), format: 'der', type: 'spki' });
}
