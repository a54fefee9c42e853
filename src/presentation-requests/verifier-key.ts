import { type Clock, formatInstant, type JsonObject, madeOnce, type Transactor } from '#kernel';
import { type Keystore, readPublicKey, type Signer } from '#keystore';
import type { PresentationRequestReader, PresentationRequestWrite, VerifierKeyRecord } from './ports.ts';

export interface VerifierKeyDeps {
  reader: Pick<PresentationRequestReader, 'verifierKey'>;
  transactor: Transactor<PresentationRequestWrite>;
  keystore: Keystore;
  clock: Clock;
  /** `HOST` or `HOST%3APORT`. */
  didAuthority: string;
}

const KEY = { tenant: 'system', keyId: 'requests-1' } as const;

/** The service itself as a verifier (did:web 3.1: no path, so the document is at `/.well-known/did.json`). */
export const verifierDid = (didAuthority: string): string => `did:web:${didAuthority}`;

export function verifierSigner(keystore: Keystore, record: VerifierKeyRecord, did: string): Signer {
  return keystore.signer({ ...record, tenant: KEY.tenant }, did);
}

/** ES256, which wallets support most widely. Made once. */
export function openVerifierKey(deps: VerifierKeyDeps): Promise<VerifierKeyRecord> {
  const { reader, transactor, keystore, clock, didAuthority } = deps;
  const at = formatInstant(clock.now());
  const entry = {
    op: 'audit.append',
    at,
    tenant: KEY.tenant,
    actor: 'system',
    operation: 'verifierKey.create',
  } as const;
  const did = verifierDid(didAuthority);
  return madeOnce({
    read: () => reader.verifierKey(),
    make: async () => ({
      ...{ keyId: KEY.keyId, createdAt: at },
      ...(await keystore.generate(KEY.tenant, KEY.keyId, 'P-256')),
    }),
    keep: (made) =>
      transactor.commit([
        { op: 'verifierKey.insert', row: made },
        { ...entry, object: KEY.keyId, detail: { did, key: made.publicKeyMultibase } },
      ]),
  });
}

/** For `authentication` alone: nothing that this key signs is anybody's credential. */
export function verifierDidDocument(did: string, { keyId, publicKeyMultibase }: VerifierKeyRecord): JsonObject {
  const id = `${did}#${keyId}`;
  const { jwk } = readPublicKey(publicKeyMultibase);
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
    id: did,
    verificationMethod: [{ id, type: 'JsonWebKey', controller: did, publicKeyJwk: { ...jwk } as JsonObject }],
    authentication: [id],
  };
}
