import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { DataIntegrityProof as TheirProof } from '@digitalcredentials/data-integrity';
import { cryptosuite as theirSuite } from '@digitalcredentials/eddsa-rdfc-2022-cryptosuite';
import { issue as theirIssue } from '@digitalcredentials/vc';
import type { JsonObject } from '#kernel';
import { publicKeyOf, type Signer } from '#keystore';
import { createContextLoader, createProofMaker } from '#proofs';
import { TEST_PH_CONTEXT, TEST_PH_URL } from '../../support/golden-badge.ts';

export const CREATED = '2026-11-02T08:00:00Z';
export const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
export const maker = createProofMaker({ loader });

/** An Ed25519 key whose DID holds it: nothing has to be looked up. */
export function holderOf(seed: number): { did: string; signer: Signer } {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const { multibase } = publicKeyOf(createPublicKey(privateKey));
  const did = `did:key:${multibase}`;
  return {
    did,
    signer: {
      verificationMethod: `${did}#${multibase}`,
      publicKeyMultibase: multibase,
      sign: async (data) => sign(null, data, privateKey),
    },
  };
}

type Issue = (document: JsonObject, signer: Signer) => Promise<JsonObject>;

const suiteOf = (Proof: typeof DataIntegrityProof, signer: Signer, suite: typeof cryptosuite) =>
  new Proof({
    signer: { id: signer.verificationMethod, algorithm: 'Ed25519', sign: ({ data }) => signer.sign(data) },
    date: CREATED,
    cryptosuite: suite,
  });

/** Who signs: this service and the two libraries, so that each verifies what the others made. */
export const ISSUERS: Record<'tatak' | 'digitalbazaar' | 'digitalcredentials', Issue> = {
  tatak: (document, signer) => maker.sign(document, signer, CREATED),
  digitalbazaar: async (document, signer) =>
    (await issue({
      credential: structuredClone(document),
      suite: suiteOf(DataIntegrityProof, signer, cryptosuite),
      documentLoader: loader.documentLoader,
      now: new Date(CREATED),
    })) as JsonObject,
  digitalcredentials: async (document, signer) =>
    (await theirIssue({
      credential: structuredClone(document),
      suite: suiteOf(TheirProof, signer, theirSuite),
      documentLoader: loader.documentLoader,
      now: new Date(CREATED),
    })) as JsonObject,
};
