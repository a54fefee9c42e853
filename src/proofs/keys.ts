import { type PublicKey, readPublicKey, type Signer, verifySignature } from '#keystore';
import { SigningMismatch } from './mismatch.ts';

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
  if (!verifySignature(readPublicKey(signer.publicKeyMultibase), data, signature)) {
    throw new SigningMismatch(`the signer of ${signer.verificationMethod} returned a wrong signature`);
  }
  return signature;
}
