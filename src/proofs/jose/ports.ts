import type { MethodResolution, Relationship } from '#identifiers';
import type { JsonObject } from '#kernel';
import type { Signer } from '#keystore';
import type { ContextProfile } from '../context-policy.ts';
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
   * Signature, algorithm by the key record, header rules, registered claims against the credential, every term defined.
   * One proof in the report, `cryptosuite` being the `alg`. Never throws for what a token contains. A proof embedded in the
   * document, credentials in a presentation and envelopes are not looked at: each is verified by itself.
   */
  verify(
    jwt: OpenedJwt,
    expected: {
      /** The issuer, or the holder of a presentation: whose key it must be. */
      controller: string;
      purpose: Relationship;
      /** Default: the strict one of the document's types. */
      profile?: ContextProfile;
      /** Compared with a presentation or its key binding when given. */
      nonce?: string;
      audience?: string;
    },
    resolveKey: ResolveJoseKey,
  ): Promise<ProofReport>;
}

export type IssuedJwtForm = 'ob-jwt' | 'vc+jwt';

export interface JwtMaker {
  /**
   * @param created whole-second UTC instant, the `iat` of the token
   * @param profile default: the strict one of the document's types
   * @returns the compact token
   * @throws Problem `lint-failed` with the pointer of what the form cannot carry; `signing-stopped` when what was signed
   *   does not read or verify as what was to be signed
   */
  sign(
    document: JsonObject,
    signer: Signer,
    form: IssuedJwtForm,
    created: string,
    profile?: ContextProfile,
  ): Promise<string>;
}
