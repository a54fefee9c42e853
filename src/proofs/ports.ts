import type { MethodResolution, Relationship } from '#identifiers';
import type { JsonObject } from '#kernel';
import type { Signer } from '#keystore';
import type { ContextProfile } from './context-policy.ts';
import type { Mismatch } from './mismatch.ts';
import type { IssuingCryptosuite } from './suites.ts';

export interface ProofOptions {
  /** Default `eddsa-rdfc-2022`. The key of the signer must be of a kind the suite allows. */
  cryptosuite?: IssuingCryptosuite;
  /** Default `assertionMethod`. */
  proofPurpose?: Relationship;
  challenge?: string;
  domain?: string | string[];
  /** `id` of the proof, an absolute URL: a proof that another is to be chained to needs one. */
  proofId?: string;
  /**
   * `ecdsa-sd-2023` only: JSON Pointers of what every derived credential shows. Issuer, times, status and schema are
   * added where the document has them: a holder must not be able to hide that a badge was revoked.
   */
  mandatoryPointers?: readonly string[];
  /** What to do with proofs that are there: refuse (default), stand beside them, or cover those that none covers yet. */
  existing?: 'refuse' | 'set' | 'chain';
  /** Default: the strict one of the document's types. */
  profile?: ContextProfile;
  /**
   * `by-caller`: it verifies the text it is about to release, from that text. Then the signature is not verified here as well,
   * and the form may be a compiled one, where there are plans.
   */
  verified?: 'by-caller';
}

/** Makes proofs. `document` must already be linted; the result is a new object with `proof` last. */
export interface ProofMaker {
  /**
   * @param created whole-second UTC instant
   * @throws Problem `lint-failed` with the pointer when canonicalisation would drop or refuse anything, or when the options
   *   do not fit the document or the key; `signing-stopped` when the signer answers wrongly
   */
  sign(document: JsonObject, signer: Signer, created: string, options?: ProofOptions): Promise<JsonObject>;
  /** What is known of the form of a document whose proof did not verify, and what else its plan made. */
  explain?(document: JsonObject): Promise<Mismatch>;
}

export interface DeriveOptions {
  /** JSON Pointers of what the holder shows beside what the issuer made mandatory. */
  selectivePointers: readonly string[];
  /** Which base proof, where there are several. */
  proofId?: string;
  profile?: ContextProfile;
}

export interface CredentialDeriver {
  /**
   * The holder's copy with a part of its statements, from a credential with an `ecdsa-sd-2023` base proof. The issuer's
   * signature is copied, not verified: that is for those the copy is shown to.
   * @throws Problem `lint-failed` with the pointer
   */
  deriveCredential(document: JsonObject, options: DeriveOptions): Promise<JsonObject>;
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
  /** A suite that nobody should sign with any more. */
  legacy?: true;
  /** Derived by the holder from a larger credential: members may be hidden, and absence of one shows nothing. */
  selective?: true;
  /** The proof of somebody else than the issuer: it holds for its own key, and is no proof of the issuer. */
  other?: 'signature_valid';
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

/** What a verifier asks of the proofs of a document. */
export interface ExpectedProof {
  /** The issuer, or the holder of a presentation: whose key it must be. */
  controller: string;
  purpose: Relationship;
  /** Default: the strict one of the document's types. */
  profile?: ContextProfile;
  /** Compared when given (VC-DI 4.4); `domain` as a set. */
  challenge?: string;
  domain?: string | string[];
  /** `any` (default): one good proof of the controller suffices. `all`: every proof must hold, and one be the controller's. */
  policy?: 'any' | 'all';
}

export type ResolveMethod = (id: string, relationship: Relationship) => Promise<MethodResolution>;

export interface ProofChecker {
  /**
   * Checks every proof; passes when at least one proof of a method controlled by `controller` (the issuer id) covers the
   * whole document. Never throws for what a document contains. Work limits: RDFC work factor 1, then 2 in a killable
   * worker; over budget is `unknown`.
   */
  verify(document: JsonObject, expected: ExpectedProof, resolveMethod: ResolveMethod): Promise<ProofReport>;
  /**
   * Whether the contexts define everything in a document that nobody signed (VCDM 2.0 section 5.2.1), without the credentials
   * it holds. Never a pass: code `no_proof` where nothing else is wrong.
   */
  terms(document: JsonObject, profile?: ContextProfile): Promise<ProofReport>;
}
