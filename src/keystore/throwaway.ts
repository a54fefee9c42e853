import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import type { Signer } from './ports.ts';
import { signBytesOf } from './private-key.ts';
import { publicKeyOf } from './public-key.ts';

const PAIRS: Record<'Ed25519' | 'P-256' | 'P-384', () => KeyPairKeyObjectResult> = {
  Ed25519: () => generateKeyPairSync('ed25519'),
  'P-256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
};

/**
 * A key of this process that nothing stores and no document publishes: what it signs verifies nowhere. For trying whether
 * something can be signed at all.
 */
export function throwawaySigner(algorithm: keyof typeof PAIRS): Signer {
  const { privateKey, publicKey } = PAIRS[algorithm]();
  const { multibase } = publicKeyOf(publicKey);
  const signBytes = signBytesOf(privateKey, algorithm);
  return Object.freeze({
    verificationMethod: `did:key:${multibase}#${multibase}`,
    publicKeyMultibase: multibase,
    sign: async (data: Uint8Array) => signBytes(data),
  });
}
