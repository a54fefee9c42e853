/** A verification method that passed every check of Controlled Identifiers 1.0 "retrieve verification method". */
export interface ResolvedMethod {
  id: string;
  controller: string;
  /** Multikey, base58btc: `z6Mk...` for Ed25519. */
  publicKeyMultibase: string;
  /** Instants from the document: after `revoked` never use, after `expires` stop. */
  revoked?: string;
  expires?: string;
}

export type Relationship = 'assertionMethod' | 'authentication';

/**
 * `unknown`: could not be found out (unreachable, unsupported method): never a pass, never a fail.
 * `refused`: found out, and wrong (not listed, other controller, id mismatch, malformed, small-order key).
 */
export type MethodResolution =
  | { outcome: 'ok'; method: ResolvedMethod; document: Record<string, unknown>; fetchedAt?: string }
  | { outcome: 'unknown' | 'refused'; code: string; detail: string };

export type DocumentResolution =
  | { outcome: 'ok'; document: Record<string, unknown>; fetchedAt?: string }
  | { outcome: 'unknown' | 'refused'; code: string; detail: string };

export interface Identifiers {
  /** DID or https issuer -> its controlled identifier document. */
  resolve(did: string, budget?: import('#net').FetchBudget): Promise<DocumentResolution>;
  resolveMethod(
    methodId: string,
    relationship: Relationship,
    budget?: import('#net').FetchBudget,
  ): Promise<MethodResolution>;
}
