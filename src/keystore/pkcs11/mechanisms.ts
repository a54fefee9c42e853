import { createHash } from 'node:crypto';
import type { KeyAlgorithm } from '../public-key.ts';

interface Mechanism {
  /** In the words of pkcs11-tool. */
  keyType: string;
  sign: string;
  generate: string;
  /** What the token is given: only 32 to 64 bytes where the standard hashes first, so that any token takes it. */
  input(data: Uint8Array): Uint8Array;
  /** Bytes at the end of CKA_EC_POINT; absent: the public key is read as SubjectPublicKeyInfo. */
  point?: { bytes: number; curve: string };
}

/** DigestInfo of SHA-256 without the hash (RFC 8017 9.2, note 1). */
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');
const hash = (name: 'sha256' | 'sha384', data: Uint8Array) => createHash(name).update(data).digest();

/** PKCS#11 3.0 for each kind of key; ECDSA and RSA as PKCS#11 2.20 had them, which every token knows. */
export const MECHANISMS: Record<KeyAlgorithm, Mechanism> = {
  Ed25519: {
    keyType: 'EC:edwards25519',
    sign: 'EDDSA',
    generate: 'EC-EDWARDS-KEY-PAIR-GEN',
    input: (data) => data,
    point: { bytes: 32, curve: 'Ed25519' },
  },
  'P-256': {
    keyType: 'EC:prime256v1',
    sign: 'ECDSA',
    generate: 'ECDSA-KEY-PAIR-GEN',
    input: (data) => hash('sha256', data),
    point: { bytes: 65, curve: 'P-256' },
  },
  'P-384': {
    keyType: 'EC:secp384r1',
    sign: 'ECDSA',
    generate: 'ECDSA-KEY-PAIR-GEN',
    input: (data) => hash('sha384', data),
    point: { bytes: 97, curve: 'P-384' },
  },
  RSA: {
    keyType: 'rsa:3072',
    sign: 'RSA-PKCS',
    generate: 'RSA-PKCS-KEY-PAIR-GEN',
    input: (data) => Buffer.concat([SHA256_INFO, hash('sha256', data)]),
  },
};
/** The tool reads no more at once, and tokens do not take Ed25519 in parts. */
export const MAX_INPUT = 1_024;

/** The kinds of key that a token with these mechanisms (`pkcs11-tool -M`) makes and signs with. */
export function kindsOf(listing: string): KeyAlgorithm[] {
  const names = new Set([...listing.matchAll(/^[ \t]+([A-Z0-9-]+)(?:,|$)/gm)].map((match) => match[1]));
  const kinds = Object.entries(MECHANISMS) as [KeyAlgorithm, Mechanism][];
  return kinds.filter(([, { sign, generate }]) => names.has(sign) && names.has(generate)).map(([kind]) => kind);
}
