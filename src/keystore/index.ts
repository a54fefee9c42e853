export { createKeystore, type KeystoreOptions, SALT_BYTES, type UnlockedKeystore } from './keystore.ts';
export { decodeMultikey, encodeMultikey } from './multikey.ts';
export * from './ports.ts';
export { KEY_ALGORITHMS } from './private-key.ts';
export { createRemoteKeystore, type RemoteKeystore } from './process/client.ts';
export { type SignerServer, serveKeystore } from './process/server.ts';
export * from './public-key.ts';
export { assertStrongPublicKey, type WeakKeyCode, WeakKeyError } from './strong-key.ts';
export { KeyUnwrapError } from './wrapping.ts';
