import type { SigningAuthority } from '#institutions';
import { type Clock, type JsonObject, Problem } from '#kernel';
import { algorithmOf } from '#keystore';
import { ALGORITHM_OF, signCompact } from '#proofs';

/**
 * Signed metadata (OpenID4VCI 1.0, 12.2.3): a token by a key of the institution's DID, with every parameter as a claim.
 * @returns undefined when nothing can be signed now: the unsigned form is what everybody must read
 */
export async function signMetadata(
  metadata: JsonObject,
  tenant: string,
  authority: Pick<SigningAuthority, 'forTenant'>,
  clock: Clock,
): Promise<string | undefined> {
  try {
    const { did, signer } = await authority.forTenant(tenant, 'assertion');
    const alg = ALGORITHM_OF[algorithmOf(signer.publicKeyMultibase)!];
    const header = { alg, typ: 'openidvci-issuer-metadata+jwt', kid: signer.verificationMethod };
    const iat = Math.floor(clock.now().getTime() / 1_000);
    const claims = { ...metadata, iss: did, sub: metadata.credential_issuer!, iat };
    return await signCompact(header, claims, signer);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return undefined;
  }
}
