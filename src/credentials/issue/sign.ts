import type { JsonObject } from '#kernel';
import type { JwtMaker, ProofMaker } from '#proofs';
import { type LintToken, redeem } from '../lint.ts';
import type { Securing } from './securing.ts';

export interface SignedForms {
  document: JsonObject;
  /** Where the version of the definition asks for one. */
  jwt?: string;
}

/**
 * The only place where a badge is signed. Without a fresh token for exactly this text there is no call to a key. Each form
 * is secured by itself: the token holds the credential without the embedded proof.
 * The signature is not verified here: step 8 does so, from the text that is about to be released.
 * @param created whole-second UTC instant; with the same one, the same text gives the same signature but for ECDSA, which
 *   draws a number for each: then only what is stored is released
 * @throws Error when the token is missing, used, or for another text, tenant or issuer
 */
export async function signLinted(
  token: LintToken,
  unsignedText: string,
  by: {
    proofs: ProofMaker;
    tokens: JwtMaker;
    tenant: string;
    securing: Securing;
    created: string;
    /** Which key made it impossible. */
    failed?: (keyId: string, error: unknown) => Promise<never>;
  },
): Promise<SignedForms> {
  const { proofs, tokens, created, securing } = by;
  const { signing, cryptosuite, jwt } = securing;
  const unsigned = redeem(token, unsignedText, by.tenant, signing.did);
  const failed = by.failed ?? ((_, error) => Promise.reject(error));
  const proved = proofs.sign(unsigned, signing.signer, created, { cryptosuite, verified: 'by-caller' });
  const document = await proved.catch((error: unknown) => failed(signing.keyId, error));
  if (!jwt) return { document };
  if (jwt.signing.did !== signing.did) throw new Error('two issuers of one credential');
  const signed = await tokens
    .sign(unsigned, jwt.signing.signer, jwt.form, created)
    .catch((error: unknown) => failed(jwt.signing.keyId, error));
  return { document, jwt: signed };
}
