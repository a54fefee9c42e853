import type { SigningParty } from '#institutions';
import type { JsonObject } from '#kernel';
import { parseStrictJson } from '#kernel';
import type { ProofMaker } from '#proofs';
import { type LintToken, redeem } from '../lint.ts';

/**
 * The only place where a badge is signed. Without a fresh token for exactly this text there is no call to the key.
 * @param created whole-second UTC instant; with the same one, the same text gives the same signature (Ed25519)
 * @throws Error when the token is missing, used, or for another text, tenant or issuer
 */
export async function signLinted(
  token: LintToken,
  unsignedText: string,
  by: { proofs: ProofMaker; tenant: string; signing: SigningParty; created: string },
): Promise<JsonObject> {
  redeem(token, unsignedText, by.tenant, by.signing.did);
  return by.proofs.sign(parseStrictJson(unsignedText) as JsonObject, by.signing.signer, by.created);
}
