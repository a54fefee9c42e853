import type { JsonObject } from '#kernel';
import { algorithmOf, readPublicKey } from '#keystore';
import type { SigningKeyRecord } from './ports.ts';

/**
 * The DID document. Retired and revoked keys stay in `verificationMethod` *and* in `assertionMethod`: did:web serves only
 * "now", and a key that is not listed for the purpose fails the retrieval of Controlled Identifiers 1.0 3.3, so dropping
 * one would break every badge it ever signed. `expires` and `revoked` (2.2) say from when its proofs no longer count.
 * @param registerOrigin https origin without trailing slash
 * @param verifierKey of the log in which this service records what it issues (c2sp.org/signed-note)
 */
export function buildDidDocument(
  did: string,
  tenant: string,
  keys: readonly SigningKeyRecord[],
  registerOrigin: string,
  verifierKey: string | undefined,
): JsonObject {
  const methods = [...keys].sort(byAge).map(
    (key): JsonObject => ({
      id: `${did}#${key.keyId}`,
      controller: did,
      ...keyMembers(key.publicKeyMultibase),
      ...(key.retiredAt === undefined ? {} : { expires: key.retiredAt }),
      ...(key.revokedAt === undefined ? {} : { revoked: key.revokedAt }),
    }),
  );
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      ...(methods.some((method) => method.type === 'JsonWebKey') ? ['https://w3id.org/security/jwk/v1'] : []),
    ],
    id: did,
    verificationMethod: methods,
    assertionMethod: methods.map((method) => method.id as string),
    service: [
      {
        id: `${did}#register`,
        type: 'AccreditationRegister',
        serviceEndpoint: `${registerOrigin}/registry/${tenant}`,
      },
      ...(verifierKey === undefined
        ? []
        : [
            {
              id: `${did}#log`,
              type: 'IssuingLog',
              serviceEndpoint: { uri: `${registerOrigin}/log`, verifierKey },
            },
          ]),
    ],
  };
}

/** Controlled Identifiers 1.0, 2.2.2 lists no Multikey for RSA, so such a key stands as a JWK (2.2.3). */
function keyMembers(publicKeyMultibase: string): JsonObject {
  if (algorithmOf(publicKeyMultibase) !== 'RSA') return { type: 'Multikey', publicKeyMultibase };
  return { type: 'JsonWebKey', publicKeyJwk: { ...readPublicKey(publicKeyMultibase).jwk, alg: 'RS256' } };
}

/** Stable, so that the same keys give the same bytes whatever order the store returns. */
function byAge(a: SigningKeyRecord, b: SigningKeyRecord): number {
  return compare(a.createdAt, b.createdAt) || compare(a.keyId, b.keyId);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
