import type { Json } from '#kernel';
import { type KeyAlgorithm, type PublicKey, verifySignature } from '#keystore';
import { type Finding, fail, unknown } from '../finding.ts';

/** Values of `alg` that are read, and the one kind of key each takes (RFC 7518 3.1, RFC 8037 3.1, RFC 9864 2.2). */
const ALGORITHMS: Readonly<Record<string, KeyAlgorithm>> = {
  EdDSA: 'Ed25519',
  Ed25519: 'Ed25519',
  ES256: 'P-256',
  ES384: 'P-384',
  // The minimum of Open Badges 3.0, 8.2.4.
  RS256: 'RSA',
};

/** What a key signs with. `EdDSA` for Ed25519: the name that is widely read. */
export const ALGORITHM_OF: Readonly<Record<KeyAlgorithm, string>> = {
  Ed25519: 'EdDSA',
  'P-256': 'ES256',
  'P-384': 'ES384',
  RSA: 'RS256',
};

/** Signatures by a key of an issuer that others can check. Nothing is known against such a token, and nothing for it. */
const UNSUPPORTED: readonly string[] = [
  'PS256',
  'PS384',
  'PS512',
  'RS384',
  'RS512',
  'ES512',
  'ES256K',
  'Ed448',
  'ML-DSA-44',
  'ML-DSA-65',
  'ML-DSA-87',
];

/**
 * Before any key is asked for. Everything that is no public-key signature (`none`, HMAC, encryption) is refused, and so
 * is every name nobody knows.
 */
export function algorithmFinding(alg: Json | undefined): Finding | undefined {
  if (typeof alg !== 'string') return fail('algorithm_refused', 'the header names no algorithm');
  if (Object.hasOwn(ALGORITHMS, alg)) return undefined;
  if (UNSUPPORTED.includes(alg)) return unknown('unsupported_algorithm', `signatures by ${alg} are not read here`);
  return fail('algorithm_refused', `${alg.slice(0, 60)} is no signature of an issuer`);
}

/**
 * The algorithm is that of the key record; the token can only agree (RFC 8725, 3.1). So a public key is never the secret
 * of an HMAC, and a signature of one curve is never read as that of another.
 */
export function signatureFinding(
  alg: Json | undefined,
  key: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
): Finding {
  const refused = algorithmFinding(alg);
  if (refused) return refused;
  if (ALGORITHMS[alg as string] !== key.algorithm) {
    return fail('algorithm_mismatch', `the token says ${String(alg)}, the key is of the kind ${key.algorithm}`);
  }
  return verifySignature(key, data, signature)
    ? { outcome: 'pass', code: 'signature_valid', detail: `signed with ${String(alg)}` }
    : fail('signature_invalid', 'the token was changed, or another key signed');
}
