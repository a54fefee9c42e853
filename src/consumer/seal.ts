import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { Random } from '#kernel';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Secrets of hosts as they are stored: AES-256-GCM, each under a key of its own and bound to its place. */
export interface Seal {
  seal(place: string, text: string): Promise<string>;
  /** @throws Error when it was changed or belongs elsewhere */
  open(place: string, sealed: string): Promise<string>;
}

/** @param key 32 bytes that the database does not hold */
export function createSeal(key: () => Promise<Uint8Array>, random: Random): Seal {
  const keyOf = async (place: string) =>
    createHmac('sha256', await key())
      .update(place)
      .digest();
  const options = { authTagLength: TAG_BYTES };
  return {
    async seal(place, text) {
      const nonce = random.bytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', await keyOf(place), nonce, options).setAAD(Buffer.from(place));
      const parts = [nonce, cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([...parts, cipher.getAuthTag()]).toString('base64url');
    },
    async open(place, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const [nonce, end] = [bytes.subarray(0, NONCE_BYTES), bytes.length - TAG_BYTES];
      const decipher = createDecipheriv('aes-256-gcm', await keyOf(place), nonce, options).setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(end));
      const text = [decipher.update(bytes.subarray(NONCE_BYTES, end)), decipher.final()];
      return Buffer.concat(text).toString('utf8');
    },
  };
}
