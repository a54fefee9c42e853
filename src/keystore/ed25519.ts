import { type KeyObject, sign, verify } from 'node:crypto';
import { sodium } from './sodium.ts';

const BYTES = { secretKey: 64, publicKey: 32, signature: 64 } as const;

/** Signs what it is given; the key is in its closure, and no property of anything. */
export type SignBytes = (data: Uint8Array) => Uint8Array;

/**
 * Ed25519 (RFC 8032 5.1.6), whose signatures are determined by key and data: libsodium's are OpenSSL's.
 * @param seed 32 bytes; copied, the caller overwrites them
 */
export function ed25519Signer(privateKey: KeyObject, seed: Uint8Array): SignBytes {
  const library = sodium();
  if (!library) return (data) => new Uint8Array(sign(null, data, privateKey));
  // In a buffer of its own, outside the heap and never moved. Guarded memory takes four mappings a key, and a system has
  // 65,530 for each process: the keys of sixteen thousand institutions.
  const secretKey = new Uint8Array(new ArrayBuffer(BYTES.secretKey));
  library.crypto_sign_seed_keypair(new Uint8Array(BYTES.publicKey), secretKey, seed);
  return (data) => {
    const signature = new Uint8Array(BYTES.signature);
    library.crypto_sign_detached(signature, data, secretKey);
    return signature;
  };
}

/**
 * RFC 8032 5.1.7. libsodium accepts what every version of OpenSSL accepts but for points of small order, so that its yes is
 * enough; after its no OpenSSL is asked, and the answer is OpenSSL's in every case.
 */
export function isEd25519Signature(
  { key, bytes }: { key: KeyObject; bytes: Uint8Array },
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (signature.length !== BYTES.signature) return false;
  return sodium()?.crypto_sign_verify_detached(signature, data, bytes) === true || verify(null, data, key, signature);
}
