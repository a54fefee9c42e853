import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Signer } from './ports.ts';
import { publicKeyOf } from './public-key.ts';

/** `r||s` is what both Data Integrity and JOSE write (IEEE P1363). */
const ecdsa = (namedCurve: string, hash: string) => ({
  ...generateKeyPairSync('ec', { namedCurve }),
  sign: (data: Uint8Array, key: KeyObject) => sign(hash, data, { key, dsaEncoding: 'ieee-p1363' }),
});
const KEYS: Record<'Ed25519' | 'P-256' | 'P-384', () => ReturnType<typeof ecdsa>> = {
  Ed25519: () => ({ ...generateKeyPairSync('ed25519'), sign: (data, key) => sign(null, data, key) }),
  'P-256': () => ecdsa('P-256', 'sha256'),
  'P-384': () => ecdsa('P-384', 'sha384'),
};

/**
 * A key of this process that nothing stores and no document publishes: what it signs verifies nowhere. For trying whether
 * something can be signed at all.
 */
export function throwawaySigner(algorithm: keyof typeof KEYS): Signer {
  const made = KEYS[algorithm]();
  const { multibase } = publicKeyOf(made.publicKey);
  return Object.freeze({
    verificationMethod: `did:key:${multibase}#${multibase}`,
    publicKeyMultibase: multibase,
    sign: async (data: Uint8Array) => new Uint8Array(made.sign(data, made.privateKey)),
  });
}
