import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite as ecdsaJcs2019 } from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { createVerifyCryptosuite as ecdsaSd2023 } from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import { createVerifyCryptosuite as eddsaJcs2022 } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import type { JsonObject } from '#kernel';
import type { ContextLoader, IssuingCryptosuite } from '#proofs';

const VERIFIES: Record<IssuingCryptosuite, () => typeof eddsaRdfc2022> = {
  'eddsa-rdfc-2022': () => eddsaRdfc2022,
  'eddsa-jcs-2022': eddsaJcs2022,
  'ecdsa-rdfc-2019': () => ecdsaRdfc2019,
  'ecdsa-jcs-2019': ecdsaJcs2019,
  'ecdsa-sd-2023': ecdsaSd2023,
};

/**
 * The answer of the reference library about a credential, with the key served by the loader. Its date checks are
 * given the time of the proof, unless `now` is.
 */
export async function libraryVerify(
  loader: Pick<ContextLoader, 'documentLoader'>,
  credential: JsonObject,
  method: { id: string; controller: string; publicKeyMultibase: string },
  cryptosuite: IssuingCryptosuite = 'eddsa-rdfc-2022',
  now = new Date('2026-11-03T00:00:00Z'),
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
    suite: new DataIntegrityProof({ cryptosuite: VERIFIES[cryptosuite]() }),
    now,
    documentLoader: async (url) => {
      const document = documents[url];
      return document ? { contextUrl: null, documentUrl: url, document } : loader.documentLoader(url);
    },
  });
  return verified;
}
