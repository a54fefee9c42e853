import { createHash } from 'node:crypto';
import { encode } from 'base58-universal';
import { canonicalJson, type Json, type JsonObject } from '#kernel';
import type { KeyAlgorithm } from '#keystore';
import { canonicalize, createContextLoader } from '#proofs';
import { CREATED, goldenBadge, TEST_PH_CONTEXT, TEST_PH_URL } from '../support/golden-badge.ts';
import type { keyOf } from './keys.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });

/** A proof of a suite, honestly composed and signed with whatever key. */
export async function forged(
  suite: string,
  key: ReturnType<typeof keyOf>,
  algorithm: KeyAlgorithm,
  more: JsonObject = {},
  document = goldenBadge(),
) {
  const isJcs = suite.includes('jcs');
  const context = document['@context'] as Json;
  const options: JsonObject = {
    type: 'DataIntegrityProof',
    cryptosuite: suite,
    created: CREATED,
    verificationMethod: key.signer.verificationMethod,
    proofPurpose: 'assertionMethod',
    ...(isJcs && { '@context': context }),
    ...more,
  };
  const digest = algorithm === 'P-384' ? 'sha384' : 'sha256';
  const hash = async (value: JsonObject) =>
    createHash(digest)
      .update(isJcs ? canonicalJson(value) : await canonicalize(loader, value, digest))
      .digest();
  const data = Buffer.concat([await hash({ '@context': context, ...options }), await hash(document)]);
  const signature = await key.signer.sign(data);
  return {
    ...options,
    proofValue: suite.includes('sd') ? `u${Buffer.from(signature).toString('base64url')}` : `z${encode(signature)}`,
  };
}
