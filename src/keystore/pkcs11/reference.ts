import { createHash } from 'node:crypto';
import type { Random } from '#kernel';
import { associatedData, KeyUnwrapError } from '../wrapping.ts';

const NONCE_BYTES = 16;
const ID_BYTES = NONCE_BYTES + 32;
const REFERENCE = new RegExp(`^pkcs11:id=((?:%[0-9A-F]{2}){${ID_BYTES}});type=private$`);

/** Stored in place of a wrapped key. */
export const isReference = (stored: string): boolean => stored.startsWith('pkcs11:');

/**
 * CKA_ID of a new key: 16 random bytes, then the SHA-256 of tenant, key id and those bytes. The token keeps it, so that a
 * reference moved to another tenant or key id fits no key there.
 * @throws RangeError when a name is empty or has NUL
 */
export function newKeyId(tenant: string, keyId: string, random: Random): Buffer {
  return bound(tenant, keyId, random.bytes(NONCE_BYTES));
}

/** `pkcs11:id=%..;type=private` (RFC 7512 2.3); without the token, which may be restored under another label. */
export function referenceOf(id: Buffer): string {
  const text = id.toString('hex').toUpperCase().replace(/../g, '%$&');
  return `pkcs11:id=${text};type=private`;
}

/** CKA_ID. @throws KeyUnwrapError when the text is malformed, or the key of another tenant or key id */
export function idOf(reference: string, tenant: string, keyId: string): Buffer {
  const text = REFERENCE.exec(reference)?.[1];
  if (text === undefined) throw new KeyUnwrapError(`the reference to the key ${keyId} of ${tenant} is malformed`);
  const id = Buffer.from(text.replaceAll('%', ''), 'hex');
  if (!bound(tenant, keyId, id.subarray(0, NONCE_BYTES)).equals(id)) {
    throw new KeyUnwrapError(`the reference to the key ${keyId} of ${tenant} is to the key of another`);
  }
  return id;
}

function bound(tenant: string, keyId: string, nonce: Uint8Array): Buffer {
  const digest = createHash('sha256').update(associatedData(tenant, keyId)).update('\0').update(nonce).digest();
  return Buffer.concat([nonce, digest]);
}
