import type { KeyAlgorithm } from './public-key.ts';

/** Signs without ever showing the private key. */
export interface Signer {
  /** `DID#keyId`. */
  readonly verificationMethod: string;
  /** Multikey of any of the four kinds; `algorithmOf` says which. */
  readonly publicKeyMultibase: string;
  /**
   * Ed25519 (RFC 8032): 64 bytes. P-256 and P-384: ECDSA with SHA-256 and SHA-384, `r || s` (IEEE P1363).
   * RSA: RSASSA-PKCS1-v1_5 with SHA-256 (RS256). The data is hashed here, never before.
   */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** A new key: the public half as Multikey, the private half wrapped for its tenant and key id. */
export interface GeneratedKey {
  publicKeyMultibase: string;
  wrappedPrivateKey: string;
}

/** Makes and unwraps signing keys; one key-encryption key, derived once at start by scrypt. */
export interface Keystore {
  /** @param algorithm default Ed25519 */
  generate(tenant: string, keyId: string, algorithm?: KeyAlgorithm): Promise<GeneratedKey>;
  /** Unwraps at first use and keeps the handle. @throws when the wrapping does not authenticate for this tenant and key id */
  signer(
    key: { tenant: string; keyId: string; publicKeyMultibase: string; wrappedPrivateKey: string },
    did: string,
  ): Signer;
}

/** What opens wrapped keys beside the passphrase: one for all processes that work on one store. Nothing of it is secret. */
export interface KeystoreHead {
  /** Of the key-encryption key: 16 bytes, base64url. */
  salt: string;
  /** Opens with the right passphrase only. */
  canary: string;
}

export interface KeystoreReader {
  keystoreHead(): Promise<KeystoreHead | undefined>;
}

/** Kept once for ever. Fails with `UniqueViolation('keystore_heads')` when there is one. */
export type KeystoreWrite = { op: 'keystore.head'; row: KeystoreHead };
