import { createBitstring, setBit } from '#credentials';
import { createContextLoader, createProofMaker } from '#proofs';
import { buildListCredential } from '../../../src/credentials/status/list-credential.ts';
import { CREATED, ISSUER, TEST_PH_CONTEXT, TEST_PH_URL, testKey } from '../../support/golden-badge.ts';

/** Encodes and signs a list as it is published; nothing of it is checked. */
export function openSigning() {
  const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
  const proofs = createProofMaker({ loader });
  const { signer } = testKey(1);
  const url = `https://badges.example.ph/status/${'0'.repeat(26)}`;
  return async (bits: Uint8Array): Promise<string> => {
    const at = new Date(CREATED);
    const unsigned = buildListCredential({ url, issuer: ISSUER, purpose: 'revocation', bits, at });
    return JSON.stringify(await proofs.sign(unsigned, signer, CREATED));
  };
}

/** So many of the pairs of a list set, at random. */
export function bitsWith(length: number, share: number): Uint8Array {
  const bits = createBitstring(length);
  for (let pair = 0; pair < length / 2; pair++) {
    if (Math.random() >= share) continue;
    const index = (pair >> 2) * 8 + (pair & 3);
    setBit(bits, index);
    setBit(bits, index ^ 7);
  }
  return bits;
}
