import { type Clock, formatInstant, type JsonObject, type Transactor, UniqueViolation } from '#kernel';
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

/** ES256, which wallets support most widely. Made once; of two first uses at once, one is first and both use its key. */
export async function openVerifierKey(deps: VerifierKeyDeps): Promise<VerifierKeyRecord> {
  const { reader, transactor, keystore, clock, didAuthority } = deps;
  const known = await reader.verifierKey();
  if (known) return known;
  const at = formatInstant(clock.now());
  const made = { keyId: KEY.keyId, ...(await keystore.generate(KEY.tenant, KEY.keyId, 'P-256')), createdAt: at };
  const entry = {
    op: 'audit.append',
    at,
    tenant: KEY.tenant,
    actor: 'system',
    operation: 'verifierKey.create',
  } as const;
  const detail = { did: verifierDid(didAuthority), key: made.publicKeyMultibase };
  try {
    await transactor.commit([
      { op: 'verifierKey.insert', row: made },
      { ...entry, object: KEY.keyId, detail },
    ]);
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
  }
  return (await reader.verifierKey()) ?? made;
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
