import { createECDH, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type KeyAlgorithm, publicKeyOf, type Signer } from '#keystore';
import { ISSUER, testKey } from '../support/golden-badge.ts';

export const ALGORITHMS: readonly KeyAlgorithm[] = ['Ed25519', 'P-256', 'P-384', 'RSA'];

/** A key of any kind for a DID; but for RSA the same one for the same seed. Signs as `Signer` says. */
export function keyOf(algorithm: KeyAlgorithm, seed = 1, did: string = ISSUER, fragment = `key-${seed}-${algorithm}`) {
  const privateKey = PRIVATE[algorithm](seed);
  const { multibase } = publicKeyOf(createPublicKey(privateKey));
  const verificationMethod = `${did}#${fragment}`;
  const signer: Signer = {
    verificationMethod,
    publicKeyMultibase: multibase,
    sign: async (data) => signWith(algorithm, privateKey, data),
  };
  return { signer, privateKey, method: { id: verificationMethod, controller: did, publicKeyMultibase: multibase } };
}

const HASH: Record<KeyAlgorithm, string | null> = {
  Ed25519: null,
  'P-256': 'sha256',
  'P-384': 'sha384',
  RSA: 'sha256',
};

function signWith(algorithm: KeyAlgorithm, key: KeyObject, data: Uint8Array): Uint8Array {
  return sign(HASH[algorithm], data, { key, dsaEncoding: 'ieee-p1363' });
}

const PRIVATE: Record<KeyAlgorithm, (seed: number) => KeyObject> = {
  Ed25519: (seed) => testKey(seed).privateKey,
  'P-256': (seed) => ecKey('P-256', 'prime256v1', 32, seed),
  'P-384': (seed) => ecKey('P-384', 'secp384r1', 48, seed),
  RSA: () => rsa,
};
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

function ecKey(crv: string, curve: string, bytes: number, seed: number): KeyObject {
  const secret = Buffer.alloc(bytes, seed);
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey();
  const [x, y, d] = [point.subarray(1, 1 + bytes), point.subarray(1 + bytes), secret].map((part) =>
    part.toString('base64url'),
  );
  return createPrivateKey({ key: { kty: 'EC', crv, x: x!, y: y!, d: d! }, format: 'jwk' });
}
