import { createSecretKey, type KeyObject, scrypt } from 'node:crypto';
import type { Random } from '#kernel';
import type { SignBytes } from './ed25519.ts';
import type { Keystore, Signer } from './ports.ts';
import { generatePrivateKey, multibaseOf, privateKeyOf, secretOf, signBytesOf } from './private-key.ts';
import { type KeyAlgorithm, readPublicKey } from './public-key.ts';
import { KeyUnwrapError, unwrap, wrap } from './wrapping.ts';

const SCRYPT = { r: 8, p: 1, maxmem: 192 * 1024 * 1024 } as const;
/** 128 MiB and about a third of a second, once at start (RFC 7914 2; OWASP's first choice of cost). */
const COST = 17;
const MIN_PASSPHRASE_CHARS = 16;
export const SALT_BYTES = 16;

/** Tenant `system` has only the key of the log, under another id: nothing that signs can stand in for the canary. */
const CANARY = { tenant: 'system', keyId: 'canary' } as const;
const CANARY_BYTES = 32;

export interface KeystoreOptions {
  /** At least 16 characters. */
  passphrase: string;
  /** At least 16 random bytes, kept beside the store; not secret. */
  salt: Uint8Array;
  random: Random;
  /** Binary logarithm of scrypt's N. Tests that start many processes take less; the service never does. */
  cost?: number | undefined;
}

export interface UnlockedKeystore extends Keystore {
  /** A value to store at the first start. */
  wrapCanary(): string;
  /**
   * Before anything is signed: does this passphrase open what the first start stored?
   * @throws KeyUnwrapError when it does not
   */
  checkCanary(wrapped: string): void;
}

/**
 * Keys wrapped by one key-encryption key, derived here and never again. Neither it nor a private key is a property of
 * any object this room returns: they live in closures, as opaque handles of node:crypto or in buffers outside the heap.
 * @throws RangeError when passphrase or salt are too short
 */
export async function createKeystore(options: KeystoreOptions): Promise<UnlockedKeystore> {
  const { passphrase, salt, random, cost = COST } = options;
  if ([...passphrase].length < MIN_PASSPHRASE_CHARS) {
    throw new RangeError(`the passphrase must have at least ${MIN_PASSPHRASE_CHARS} characters`);
  }
  if (salt.length < SALT_BYTES) throw new RangeError(`the salt must have at least ${SALT_BYTES} bytes`);
  const kek = await deriveKey(passphrase, salt, 2 ** cost);

  return Object.freeze({
    async generate(tenant: string, keyId: string, algorithm: KeyAlgorithm = 'Ed25519') {
      const privateKey = await generatePrivateKey(algorithm);
      const secret = secretOf(privateKey);
      try {
        return {
          publicKeyMultibase: multibaseOf(privateKey),
          wrappedPrivateKey: wrap(kek, secret, tenant, keyId, random),
        };
      } finally {
        secret.fill(0);
      }
    },

    signer(key: Parameters<Keystore['signer']>[0], did: string): Signer {
      const { algorithm } = readPublicKey(key.publicKeyMultibase);
      const { tenant, keyId, publicKeyMultibase, wrappedPrivateKey } = key;
      let signBytes: SignBytes | undefined;
      return Object.freeze({
        verificationMethod: `${did}#${keyId}`,
        publicKeyMultibase,
        async sign(data: Uint8Array) {
          signBytes ??= signBytesOf(
            openPrivateKey(kek, wrappedPrivateKey, tenant, keyId, publicKeyMultibase),
            algorithm,
          );
          return signBytes(data);
        },
      });
    },

    wrapCanary: () => wrap(kek, random.bytes(CANARY_BYTES), CANARY.tenant, CANARY.keyId, random),
    checkCanary(wrapped: string) {
      unwrap(kek, wrapped, CANARY.tenant, CANARY.keyId).fill(0);
    },
  });
}

/** NFC, so that the same passphrase typed on another system gives the same key. */
function deriveKey(passphrase: string, salt: Uint8Array, N: number): Promise<KeyObject> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, { ...SCRYPT, N }, (error, derived) => {
      if (error) return reject(error);
      const kek = createSecretKey(derived);
      derived.fill(0);
      resolve(kek);
    });
  });
}

/** @throws KeyUnwrapError also when the key opens but is not the private half of the stored public key */
function openPrivateKey(
  kek: KeyObject,
  wrapped: string,
  tenant: string,
  keyId: string,
  publicKeyMultibase: string,
): KeyObject {
  const secret = unwrap(kek, wrapped, tenant, keyId);
  try {
    const handle = privateKeyOf(secret);
    if (multibaseOf(handle) !== publicKeyMultibase) {
      throw new KeyUnwrapError(`the wrapped key ${keyId} of ${tenant} is not the one of its public key`);
    }
    return handle;
  } finally {
    secret.fill(0);
  }
}
