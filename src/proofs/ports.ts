import type { MethodResolution, Relationship } from '#identifiers';
import type { JsonObject } from '#kernel';
import type { Signer } from '#keystore';
import type { ContextProfile } from './context-policy.ts';

/** One suite that can make a proof. `document` must already be linted; the result is a new object with `proof` last. */
export interface ProofMaker {
  /** @param created whole-second UTC instant. @throws Problem `lint-failed` when canonicalisation would drop or refuse anything */
  sign(document: JsonObject, signer: Signer, created: string): Promise<JsonObject>;
}

/** What is true of one proof. */
export interface ProofResult {
  outcome: 'pass' | 'fail' | 'unknown';
  /** Stable, e.g. `signature_valid`, `signature_invalid`, `method_not_issuer`, `key_revoked`, `dropped_term`, `unsupported_suite`, `did_unreachable`, `work_limit`. */
  code: string;
  detail: string;
  verificationMethod?: string;
  cryptosuite?: string;
  created?: string;
  /** Where its key came from; added by whoever resolved it. */
  key?: KeyNote;
}

/** What a reader of a report should know about the key of a proof. */
export interface KeyNote {
  /** When the document that lists it was read; a verifier uses one again for a minute. */
  fetchedAt?: string;
  /** Its place is silent: a copy that a trusted log has held since then was used. */
  archivedAt?: string;
  /** Instants from the issuer's document. */
  revoked?: string;
  expires?: string;
  /** See `ResolvedMethod`. */
  provenance?: 'jwks' | 'address';
}

export interface ProofReport {
  outcome: 'pass' | 'fail' | 'unknown';
  code: string;
  detail?: string;
  /** One entry for each proof, in the order of the document; empty when the document was refused before its proofs. */
  proofs: ProofResult[];
}

export interface ProofChecker {
  /**
   * Checks every proof; passes when at least one proof of a method controlled by `controller` (the issuer id) covers the
   * whole document. Without `profile` the strict one of the document's types applies. Never throws for what a document
   * contains. Work limits: RDFC work factor 1, then 2 in a killable worker; over budget is `unknown`.
   */
  verify(
    document: JsonObject,
    expected: { controller: string; purpose: Relationship; profile?: ContextProfile },
    resolveMethod: (id: string, relationship: Relationship) => Promise<MethodResolution>,
  ): Promise<ProofReport>;
}
