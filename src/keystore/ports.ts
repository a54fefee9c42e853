/** Signs without ever showing the private key. */
export interface Signer {
  /** `DID#keyId`. */
  readonly verificationMethod: string;
  readonly publicKeyMultibase: string;
  /** Ed25519 (RFC 8032), 64 bytes. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** Makes and unwraps signing keys; one key-encryption key, derived once at start by scrypt. */
export interface Keystore {
  generate(tenant: string, keyId: string): Promise<{ publicKeyMultibase: string; wrappedPrivateKey: string }>;
  /** Unwraps at first use and keeps the handle. @throws when the wrapping does not authenticate for this tenant and key id */
  signer(
    key: { tenant: string; keyId: string; publicKeyMultibase: string; wrappedPrivateKey: string },
    did: string,
  ): Signer;
}
