import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '#kernel';
import { CREDENTIALS_V2, DATA_INTEGRITY_V2 } from '../contexts.ts';

/** The names a proof of this suite carries (VC-DI-EdDSA 3.2); both must match. */
export const SUITE = 'eddsa-rdfc-2022';
export const PROOF_TYPE = 'DataIntegrityProof';

/** The document without its proofs (VC-DI 4.3). */
export function withoutProof(document: JsonObject): JsonObject {
  const { proof: _proof, ...unsecured } = document;
  return unsecured;
}

/**
 * Proof configuration (VC-DI-EdDSA 3.2.5): the proof without `proofValue`, in the context of the document. Version 1
 * of the base context does not define proofs, so there the context of the suite is added.
 */
export function proofConfiguration(document: JsonObject, proof: JsonObject): JsonObject {
  const { proofValue: _value, ...rest } = proof;
  const context = document['@context'] as Json[];
  const defined = context.includes(CREDENTIALS_V2) || context.includes(DATA_INTEGRITY_V2);
  return { '@context': defined ? context : [...context, DATA_INTEGRITY_V2], ...rest };
}

/** VC-DI-EdDSA 3.2.4: hash of the proof configuration, then hash of the document; 64 bytes. */
export function hashData(configurationNquads: string, documentNquads: string): Uint8Array {
  return Buffer.concat([sha256(configurationNquads), sha256(documentNquads)]);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
