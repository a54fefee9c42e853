import { sign as nodeSign } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import type { JsonObject } from '#kernel';
import { createContextLoader } from '#proofs';
import { CREATED, TEST_PH_CONTEXT, TEST_PH_URL, testKey } from '../../support/golden-badge.ts';

let serial = 0;

/** Another document each time: its id, and whom it is for. */
export function another(badge: JsonObject): JsonObject {
  const n = String(++serial);
  return {
    ...badge,
    id: `https://badges.example.ph/credentials/${n.padStart(26, '0')}`,
    credentialSubject: { ...(badge.credentialSubject as JsonObject), id: `did:example:learner-${n}` },
  };
}

/** `issue` of @digitalbazaar/vc with every context at hand and a native Ed25519 signer. */
export function libraryIssue(badge: JsonObject): () => Promise<JsonObject> {
  const { documentLoader } = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
  const { privateKey, signer } = testKey(1);
  const by = {
    ...{ id: signer.verificationMethod, algorithm: 'Ed25519' },
    sign: async ({ data }: { data: Uint8Array }) => nodeSign(null, data, privateKey),
  };
  return async () => {
    const suite = new DataIntegrityProof({ signer: by, cryptosuite, date: CREATED } as never);
    const asked = { credential: another(badge), suite, documentLoader, now: new Date(CREATED) };
    return (await vc.issue(asked as never)) as JsonObject;
  };
}
