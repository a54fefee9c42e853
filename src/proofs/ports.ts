import type { JsonObject } from '#kernel';
import type { MethodResolution, Relationship } from '#identifiers';
import type { Signer } from '#keystore';

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
}

export interface ProofReport {
  outcome: 'pass' | 'fail' | 'unknown';
  code: string;
  proofs: ProofResult[];
}

export interface ProofChecker {
  /**
   * Checks every proof; passes when at least one proof of a method controlled by `controller` (the issuer id) covers the
   * whole document. Work limits: RDFC work factor 1, then 2 in a killable worker; over budget is `unknown`.
   */
  verify(
    document: JsonObject,
    expected: { controller: string; purpose: Relationship },
    resolveMethod: (id: string, relationship: Relationship) => Promise<MethodResolution>,
  ): Promise<ProofReport>;
}
