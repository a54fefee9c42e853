import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { Random } from '#kernel';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The shortest secret, an Ed25519 seed, and more than the longest: PKCS #8 of RSA with 4096 bits has about 2 380 bytes. */
export const SECRET_BYTES = { min: 32, max: 3_072 } as const;
const WRAPPED = /^([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{64,4200})$/;

export class KeyUnwrapError extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'KeyUnwrapError';
  }
}

/**
 * Binds a wrapped key to its place: moved to another tenant or key id it no longer opens.
 * @throws RangeError when a name is empty or has NUL
 */
export function associatedData(tenant: string, keyId: string): Buffer {
  if (tenant === '' || keyId === '' || `${tenant}${keyId}`.includes('\0')) {
    throw new RangeError('tenant and key id must be texts without NUL');
  }
  return Buffer.from(`${tenant}\0${keyId}`, 'utf8');
}

/** AES-256-GCM. @returns `base64url(nonce).base64url(ciphertext+tag)` */
export function wrap(kek: KeyObject, secret: Uint8Array, tenant: string, keyId: string, random: Random): string {
  const { min, max } = SECRET_BYTES;
  if (secret.length < min || secret.length > max) throw new RangeError(`a secret has ${min} to ${max} bytes`);
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', kek, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(tenant, keyId));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  return `${Buffer.from(nonce).toString('base64url')}.${sealed.toString('base64url')}`;
}

/**
 * The caller overwrites the returned bytes when done.
 * @throws KeyUnwrapError when the text was changed, belongs to another tenant or key id, or the passphrase is another
 */
export function unwrap(kek: KeyObject, wrapped: string, tenant: string, keyId: string): Buffer {
  const parts = WRAPPED.exec(wrapped);
  if (!parts) throw new KeyUnwrapError(`the wrapped key ${keyId} of ${tenant} is malformed`);
  const sealed = Buffer.from(parts[2]!, 'base64url');
  // Of some lengths the last character has spare bits: only one spelling of a wrapped key is read.
  if (sealed.toString('base64url') !== parts[2]) {
    throw new KeyUnwrapError(`the wrapped key ${keyId} of ${tenant} is malformed`);
  }
  const length = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', kek, Buffer.from(parts[1]!, 'base64url'), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associatedData(tenant, keyId));
  decipher.setAuthTag(sealed.subarray(length));
  const secret = decipher.update(sealed.subarray(0, length));
  try {
    decipher.final();
  } catch {
    // GCM gives bytes before it has checked them: they must not be seen.
    secret.fill(0);
    throw new KeyUnwrapError(`the wrapped key ${keyId} of ${tenant} does not authenticate`);
  }
  return secret;
}
