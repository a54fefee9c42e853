/** What is used of libsodium's bindings. A number that is no success throws there. */
declare module 'sodium-native' {
  /** @param secretKey 64 bytes, filled @param seed 32 bytes */
  export function crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void;
  /** @param signature 64 bytes, filled */
  export function crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): void;
  export function crypto_sign_verify_detached(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
  ): boolean;
}
