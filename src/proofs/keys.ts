import { type PublicKey, readPublicKey, type Signer, verifySignature } from '#keystore';
import { SigningMismatch } from './mismatch.ts';

/** Reading a key takes a point multiplication; the same few keys come again and again. */
const KEPT = 256;
const kept = new Map<string, PublicKey>();

/** A public key by its text. @throws WeakKeyError */
export function publicKey(multibase: string): PublicKey {
  const known = kept.get(multibase);
  if (known) return known;
  const key = readPublicKey(multibase);
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(multibase, key);
  return key;
}

/** Digest of a suite by its key (VC-DI-ECDSA 3.2.4: SHA-384 for P-384). */
export type Digest = 'sha256' | 'sha384';
export const digestOf = ({ algorithm }: Pick<PublicKey, 'algorithm'>): Digest =>
  algorithm === 'P-384' ? 'sha384' : 'sha256';

/**
 * A signer that answers with anything but a signature of this data by its published key must not be used again.
 * @throws Problem `signing-stopped`
 */
export async function signChecked(signer: Signer, data: Uint8Array): Promise<Uint8Array> {
  const signature = await signer.sign(data);
  if (!verifySignature(publicKey(signer.publicKeyMultibase), data, signature)) {
    throw new SigningMismatch(`the signer of ${signer.verificationMethod} returned a wrong signature`);
  }
  return signature;
}
