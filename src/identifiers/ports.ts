/** A verification method that passed every check of Controlled Identifiers 1.0 "retrieve verification method". */
export interface ResolvedMethod {
  id: string;
  controller: string;
  /** Multikey, base58btc: `z6Mk...` for Ed25519. */
  publicKeyMultibase: string;
  /** Instants from the document: after `revoked` never use, after `expires` stop. */
  revoked?: string;
  expires?: string;
  /**
   * How it is known to be the issuer's. Absent: its document lists it for the use. `jwks`: the key set of its authority
   * lists it. `address`: it was served by the issuer's authority, and nothing else lists it.
   */
  provenance?: 'jwks' | 'address';
}

export type Relationship = 'assertionMethod' | 'authentication';

/**
 * `unknown`: could not be found out (unreachable, unsupported method): never a pass, never a fail.
 * `refused`: found out, and wrong (not listed, other controller, id mismatch, malformed, small-order key).
 */
/**
 * `fetchedAt` when the document was read from its place, maybe a cache time ago. `archivedAt` instead: its place answers no
 * more, and a copy kept since then was used, as the operator of this verifier decided.
 */
export type MethodResolution =
  | {
      outcome: 'ok';
      method: ResolvedMethod;
      document: Record<string, unknown>;
      fetchedAt?: string;
      archivedAt?: string;
    }
  | { outcome: 'unknown' | 'refused'; code: string; detail: string };

export type DocumentResolution =
  | { outcome: 'ok'; document: Record<string, unknown>; fetchedAt?: string; archivedAt?: string }
  | { outcome: 'unknown' | 'refused'; code: string; detail: string };

export interface Identifiers {
  /** DID or https issuer -> its controlled identifier document. */
  resolve(did: string, budget?: import('#net').FetchBudget): Promise<DocumentResolution>;
  /** @param known what its identifier, without the fragment, resolved to just now: not asked for again */
  resolveMethod(
    methodId: string,
    relationship: Relationship,
    budget?: import('#net').FetchBudget,
    known?: DocumentResolution,
  ): Promise<MethodResolution>;
  /**
   * The key of a token (RFC 7515 4.1.3, 4.1.4): `kid` as DID URL, as address or as a name in the issuer's key set; an
   * embedded `jwk` only where the issuer lists the same key, else `unknown` with code `key_not_listed`. Never throws for what
   * a header contains.
   */
  resolveJoseKey(
    key: JoseKeyReference,
    issuer: string,
    relationship: Relationship,
    budget?: import('#net').FetchBudget,
  ): Promise<MethodResolution>;
}

/** How the header of a token names its key. */
export interface JoseKeyReference {
  kid?: string;
  jwk?: import('#kernel').JsonObject;
}
