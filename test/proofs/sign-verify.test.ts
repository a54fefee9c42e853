import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { afterAll, describe, expect, it } from 'vitest';
import { createContextLoader, createProofChecker, createProofMaker } from '#proofs';
import {
  CREATED,
  goldenBadge,
  ISSUER,
  resolverOf,
  TEST_PH_CONTEXT,
  TEST_PH_URL,
  testKey,
} from '../support/golden-badge.ts';
import { libraryVerify } from './library.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const maker = createProofMaker({ loader });
const checker = createProofChecker({ loader });
const { signer, method } = testKey(1);
const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
afterAll(() => checker.close());

describe('sign and verify', () => {
  it('makes a proof that it, and the reference library, accept', async () => {
    const document = goldenBadge();
    const signed = await maker.sign(document, signer, CREATED);
    expect(document).toEqual(goldenBadge());
    expect(Object.keys(signed).at(-1)).toBe('proof');
    expect(signed.proof).toEqual({
      type: 'DataIntegrityProof',
      created: CREATED,
      verificationMethod: signer.verificationMethod,
      cryptosuite: 'eddsa-rdfc-2022',
      proofPurpose: 'assertionMethod',
      proofValue: expect.stringMatching(/^z[1-9A-HJ-NP-Za-km-z]{80,90}$/),
    });
    const report = await checker.verify(signed, expected, resolverOf(method));
    expect(report).toMatchObject({ outcome: 'pass', code: 'signature_valid' });
    expect(await libraryVerify(loader, signed, method)).toBe(true);
  });

  it('signs byte for byte what the untouched library signs', async () => {
    const ours = await maker.sign(goldenBadge(), signer, CREATED);
    const suite = new DataIntegrityProof({
      signer: { id: signer.verificationMethod, algorithm: 'Ed25519', sign: ({ data }) => signer.sign(data) },
      date: CREATED,
      cryptosuite,
    });
    const theirs = await issue({ credential: goldenBadge(), suite, documentLoader: loader.documentLoader });
    expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs));
  });
});
