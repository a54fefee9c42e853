import { createHash } from 'node:crypto';
import { encode } from 'base58-universal';
import type { Json, JsonObject } from '#kernel';
import { CREDENTIALS_V1, canonicalize, DATA_INTEGRITY_V2 } from '#proofs';
import { type Actor, loader } from './world.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/**
 * A proof by the letter of eddsa-rdfc-2022 on whatever can be canonicalised, without any check of ours: what a careless or
 * hostile issuer signs. What cannot be canonicalised gets a proof that fits nothing.
 * @param more members of the proof, e.g. `proofPurpose`, `challenge`
 */
export async function rawSign(by: Actor, document: JsonObject, more: JsonObject = {}): Promise<JsonObject> {
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    verificationMethod: by.signer.verificationMethod,
    proofPurpose: 'assertionMethod',
    created: '2026-06-15T02:00:00Z',
    ...more,
  };
  let data: Buffer;
  try {
    const context = document['@context'] as Json[];
    const configuration = {
      '@context': context.includes(CREDENTIALS_V1) ? [...context, DATA_INTEGRITY_V2] : context,
      ...proof,
    };
    const forms = [await canonicalize(loader, configuration), await canonicalize(loader, document)];
    data = Buffer.concat(forms.map(sha256));
  } catch {
    data = Buffer.alloc(64);
  }
  return { ...document, proof: { ...proof, proofValue: `z${encode(await by.signer.sign(data))}` } };
}
