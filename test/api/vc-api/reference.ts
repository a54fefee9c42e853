import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite as ecdsaJcs2019 } from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { createVerifyCryptosuite } from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import { createVerifyCryptosuite as eddsaJcs2022 } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import type { JsonObject } from '#kernel';
import { createContextLoader } from '#proofs';
import { SLUG, type VcApi } from './world.ts';

const SUITES: Record<string, () => unknown> = {
  'eddsa-rdfc-2022': () => eddsaRdfc2022,
  'eddsa-jcs-2022': eddsaJcs2022,
  'ecdsa-rdfc-2019': () => ecdsaRdfc2019,
  'ecdsa-jcs-2019': ecdsaJcs2019,
  'ecdsa-sd-2023': createVerifyCryptosuite,
};

/** What the reference library says of a credential, with the keys that the institution's own DID document lists. */
export async function referenceVerify(
  api: Pick<VcApi, 'call' | 'publicUrl'>,
  credential: JsonObject,
  cryptosuite: string,
  slug = SLUG,
): Promise<boolean> {
  const published = await api.call<JsonObject>('GET', `/institutions/${slug}/did.json`);
  const did = published.body as JsonObject & { id: string; verificationMethod: JsonObject[] };
  const documents: Record<string, unknown> = { [did.id]: did };
  for (const method of did.verificationMethod) {
    documents[String(method.id)] = { '@context': 'https://w3id.org/security/multikey/v1', ...method };
  }
  const loader = createContextLoader({ phContext: '{"@context":{}}', phContextUrl: `${api.publicUrl}/contexts/ph/v1` });
  const { verified, error } = await verifyCredential({
    credential: structuredClone(credential),
    checkStatus: async () => ({ verified: true }),
    suite: new DataIntegrityProof({ cryptosuite: SUITES[cryptosuite]!() as never }),
    documentLoader: async (url: string) => {
      const document = documents[url];
      return document ? { contextUrl: null, documentUrl: url, document } : loader.documentLoader(url);
    },
  } as never);
  if (!verified && process.env.SHOW) console.log(JSON.stringify(error, null, 1));
  return verified;
}
