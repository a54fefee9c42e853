import type { JsonObject } from '#kernel';
import { type KeyAlgorithm, readPublicKey } from '#keystore';
import type { SigningKeyRecord } from './ports.ts';

const JOSE_NAMES: Record<KeyAlgorithm, string> = { Ed25519: 'EdDSA', 'P-256': 'ES256', 'P-384': 'ES384', RSA: 'RS256' };

/**
 * The keys of an institution as JWKs (Open Badges 3.0, 8.2.4). `iss` says whose each is, because the set of a service has
 * those of many; the end of a key stands as in OpenID Federation 1.0, 8.7.2. The DID document remains the list that counts.
 */
export function jwksOf(did: string, keys: readonly Pick<SigningKeyRecord, KeyMember>[]): JsonObject[] {
  return keys.map((key) => {
    const { algorithm, jwk } = readPublicKey(key.publicKeyMultibase);
    return {
      ...jwk,
      kid: `${did}#${key.keyId}`,
      alg: JOSE_NAMES[algorithm],
      use: 'sig',
      iss: did,
      ...(key.retiredAt === undefined ? {} : { exp: Date.parse(key.retiredAt) / 1_000 }),
      ...(key.revokedAt === undefined ? {} : { revoked: { revoked_at: Date.parse(key.revokedAt) / 1_000 } }),
    };
  });
}

type KeyMember = 'keyId' | 'publicKeyMultibase' | 'retiredAt' | 'revokedAt';
