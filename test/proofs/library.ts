import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import type { JsonObject } from '#kernel';
import type { ContextLoader } from '#proofs';

/**
 * The answer of the reference library about a credential, with the key served by the loader. Its date checks are
 * given the time of the proof.
 */
export async function libraryVerify(
  loader: Pick<ContextLoader, 'documentLoader'>,
  credential: JsonObject,
  method: { id: string; controller: string; publicKeyMultibase: string },
): Promise<boolean> {
  const documents: Record<string, unknown> = {
    [method.id]: { '@context': 'https://w3id.org/security/multikey/v1', type: 'Multikey', ...method },
    [method.controller]: {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: method.controller,
      assertionMethod: [method.id],
    },
  };
  const { verified } = await verifyCredential({
    credential: structuredClone(credential),
    checkStatus: async () => ({ verified: true }),
    suite: new DataIntegrityProof({ cryptosuite }),
    now: new Date('2026-11-03T00:00:00Z'),
    documentLoader: async (url) => {
      const document = documents[url];
      return document ? { contextUrl: null, documentUrl: url, document } : loader.documentLoader(url);
    },
  });
  return verified;
}
