import { hash } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '#kernel';
import type { Digest } from './keys.ts';
import type { Suite } from './suites.ts';

/** The document without its proofs (VC-DI 4.3). */
export function withoutProof(document: JsonObject): JsonObject {
  const { proof: _proof, ...unsecured } = document;
  return unsecured;
}

/** The proofs of a document, in its order. */
export function proofsOf({ proof }: JsonObject): Json[] {
  return Array.isArray(proof) ? proof : proof === undefined || proof === null ? [] : [proof];
}

/**
 * Proof configuration (VC-DI-EdDSA 3.2.5, VC-DI-ECDSA 3.2.5): the proof without `proofValue`, in the context of the
 * document. Version 1 of the base context does not define proofs, so there the context of the suite is added.
 */
export function proofConfiguration(document: JsonObject, proof: JsonObject, suite: Suite): JsonObject {
  const { proofValue: _value, '@context': _context, ...rest } = proof;
  const context = document['@context'] as Json[];
  const defined = suite.contexts.some((one) => context.includes(one));
  return { '@context': defined ? context : [...context, suite.contexts[0]!], ...rest };
}

/** Of the last configuration: those of one second and one key have one form. */
let last = { digest: '', configuration: '', hex: '' };

/** VC-DI-EdDSA 3.2.4, 3.3.4, VC-DI-ECDSA 3.2.4, 3.3.4: hash of the proof configuration, then hash of the document. */
export function hashData(configuration: string, document: string, digest: Digest): Uint8Array {
  if (last.digest !== digest || last.configuration !== configuration) {
    last = { digest, configuration, hex: hash(digest, configuration, 'hex') };
  }
  // Joined as text: a buffer of its own for each costs more than both.
  return Buffer.from(last.hex + hash(digest, document, 'hex'), 'hex');
}

/** Which proofs a proof says it covers (VC-DI 2.1.2); undefined when that is not readable. */
export function previousOf(proof: Json): string[] | undefined {
  if (!isObject(proof) || proof.previousProof === undefined) return [];
  const list = Array.isArray(proof.previousProof) ? proof.previousProof : [proof.previousProof];
  return list.length > 0 && list.every((one) => typeof one === 'string' && one !== '') ? (list as string[]) : undefined;
}
