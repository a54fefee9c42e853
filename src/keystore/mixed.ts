import { Problem } from '#kernel';
import { isReference } from './pkcs11/reference.ts';
import type { TokenKeystore } from './pkcs11/token-keystore.ts';
import type { Keystore } from './ports.ts';

/**
 * An institution that moves to a token: new keys are made there, keys that were wrapped before go on signing until they are
 * rotated. @param wrapped absent where no passphrase is set
 */
export function createMixedKeystore(token: TokenKeystore, wrapped?: Keystore): Keystore {
  return Object.freeze({
    generate: token.generate,
    signer(key: Parameters<Keystore['signer']>[0], did: string) {
      if (isReference(key.wrappedPrivateKey)) return token.signer(key, did);
      if (wrapped) return wrapped.signer(key, did);
      throw new Problem(
        'unavailable',
        `the key ${key.keyId} of ${key.tenant} is not in the token, and no passphrase is set`,
      );
    },
  });
}
