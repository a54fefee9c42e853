/** `alg` of key proofs of type jwt: signatures of public keys that identifiers of holders are made of here. */
export const PROOF_ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'Ed25519'] as const;

/** Suites of key proofs of type di_vp. Derived and older proofs show no control of a key at this moment. */
export const PROOF_SUITES = ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'ecdsa-rdfc-2019', 'ecdsa-jcs-2019'] as const;

/** How a badge may be bound to a key: DIDs that are the key itself, and a bare key, which becomes a did:jwk. */
export const BINDING_METHODS = ['did:key', 'did:jwk', 'jwk'] as const;
