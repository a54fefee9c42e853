import type { MethodResolution, Relationship } from '#identifiers';
import type { JsonObject } from '#kernel';
import type { Signer } from '#keystore';
import type { ProofReport } from '../ports.ts';

/**
 * What a compact token is, by its header and payload together.
 * `ob-jwt`: Open Badges 3.0, 8.2.4.2 (credential and registered claims side by side, `typ` JWT or absent);
 * `vc+jwt`, `vp+jwt`: VC-JOSE-COSE (no `vc` or `vp` claim); `vc-claim-jwt`, `vp-claim-jwt`: VCDM 1.1 section 6.3.1;
 * `vc+sd-jwt`, `vp+sd-jwt`: VC-JOSE-COSE with disclosures (RFC 9901).
 */
export type JwtForm = 'ob-jwt' | 'vc+jwt' | 'vc-claim-jwt' | 'vc+sd-jwt' | 'vp+jwt' | 'vp-claim-jwt' | 'vp+sd-jwt';

/** A token taken apart and not yet verified. */
export interface OpenedJwt {
  form: JwtForm;
  header: JsonObject;
  /** The payload as signed, disclosures applied. */
  claims: JsonObject;
  /** The credential or presentation in it: registered claims that are no members of it are taken out. */
  document: JsonObject;
  /** Exactly as it came, without white space around it. */
  text: string;
  /** A key binding token at the end of an SD-JWT presentation (RFC 9901, 4.3), taken apart and not yet verified. */
  keyBinding?: { header: JsonObject; claims: JsonObject };
}

/** How a header names a key: by URL, or by the key itself. */
export interface KeyReference {
  kid?: string;
  jwk?: JsonObject;
}

/** Finds the key of a token: `kid` as DID URL or address, an embedded `jwk` only where the issuer lists it. */
export type ResolveJoseKey = (
  key: KeyReference,
  issuer: string,
  relationship: Relationship,
) => Promise<MethodResolution>;

export interface JwtChecker {
  /**
   * Signature, algorithm by the key record, header rules, registered claims against the credential. One proof in the report,
   * `cryptosuite` being the `alg`.
   */
  verify(
    jwt: OpenedJwt,
    expected: { controller: string; purpose: Relationship; nonce?: string; audience?: string },
    resolveKey: ResolveJoseKey,
  ): Promise<ProofReport>;
}

export interface JwtMaker {
  /** @returns the compact token @throws Problem `lint-failed` with the pointer of what the form cannot carry */
  sign(document: JsonObject, signer: Signer, form: 'ob-jwt' | 'vc+jwt'): Promise<string>;
}
