import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { ed25519Signer, type SignBytes } from './ed25519.ts';
import { type KeyAlgorithm, publicKeyOf } from './public-key.ts';

/** RFC 8410 7: what stands before the 32 bytes of an Ed25519 seed in PKCS #8 DER. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Badges outlive the 112 bits of strength that 2048 give (NIST SP 800-57 part 1, table 2 and 4: until 2030). */
const RSA_BITS = 3_072;

const generate = promisify(generateKeyPair);
const PAIRS: Record<KeyAlgorithm, () => Promise<{ privateKey: KeyObject }>> = {
  Ed25519: () => generate('ed25519'),
  'P-256': () => generate('ec', { namedCurve: 'P-256' }),
  'P-384': () => generate('ec', { namedCurve: 'P-384' }),
  RSA: () => generate('rsa', { modulusLength: RSA_BITS }),
};
const HASHES: Record<KeyAlgorithm, string | null> = {
  Ed25519: null,
  'P-256': 'sha256',
  'P-384': 'sha384',
  RSA: 'sha256',
};

export const KEY_ALGORITHMS = Object.keys(PAIRS) as readonly KeyAlgorithm[];

/** @throws RangeError for a kind that is not in the table */
export async function generatePrivateKey(algorithm: KeyAlgorithm): Promise<KeyObject> {
  if (!Object.hasOwn(PAIRS, algorithm)) throw new RangeError(`keys of the kind ${String(algorithm)} are not made here`);
  return (await PAIRS[algorithm]()).privateKey;
}

/**
 * What is wrapped: the seed of an Ed25519 key, PKCS #8 of the others. The caller overwrites it when done.
 */
export function secretOf(privateKey: KeyObject): Buffer {
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  return privateKey.asymmetricKeyType === 'ed25519' ? der.subarray(PKCS8_PREFIX.length) : der;
}

/** @throws Error when the bytes are no private key */
export function privateKeyOf(secret: Uint8Array): KeyObject {
  const seed = secret.length === 32;
  const der = seed ? Buffer.concat([PKCS8_PREFIX, secret]) : Buffer.from(secret);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

/** Multikey of the public half. */
export const multibaseOf = (privateKey: KeyObject): string => publicKeyOf(createPublicKey(privateKey)).multibase;

/** Signs in the forms of `Signer.sign`. */
export function signBytesOf(privateKey: KeyObject, algorithm: KeyAlgorithm): SignBytes {
  const hash = HASHES[algorithm];
  if (hash !== null) {
    const key = { key: privateKey, dsaEncoding: 'ieee-p1363' as const };
    return (data) => new Uint8Array(sign(hash, data, key));
  }
  const seed = secretOf(privateKey);
  try {
    return ed25519Signer(privateKey, seed);
  } finally {
    seed.fill(0);
  }
}
