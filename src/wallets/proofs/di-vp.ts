import { SELF_CONTAINED } from '#identifiers';
import { isObject, type JsonObject, Problem } from '#kernel';
import { PROOF_SUITES } from '../algorithms.ts';
import { badProof, type ProofContext, type ProvenKey } from './model.ts';

/**
 * A key proof of type di_vp (OpenID4VCI 1.0, F.2): a presentation by its holder, for this issuer and this nonce, everything
 * but whether the nonce is good. @throws WalletRefusal `invalid_proof`
 */
export async function checkDiVpProof(presentation: JsonObject, context: ProofContext): Promise<ProvenKey> {
  const { holder: named, proof } = presentation;
  const holder = isObject(named) ? named.id : named;
  if (typeof holder !== 'string' || !SELF_CONTAINED.test(holder)) {
    throw badProof('holder must be the did:key or did:jwk that signs');
  }
  if (!isObject(proof)) throw badProof('the presentation must have one proof');
  const { cryptosuite, challenge, domain, verificationMethod } = proof;
  if (!PROOF_SUITES.some((suite) => suite === cryptosuite)) {
    throw badProof(`cryptosuite must be one of ${PROOF_SUITES.join(', ')}`);
  }
  if (typeof challenge !== 'string' || challenge === '') throw badProof('the proof has no challenge');
  if (domain !== context.issuer) throw badProof(`domain must be ${context.issuer}`);
  const { presentation: report } = await context
    .verifyPresentation({ presentation, challenge, domain, verifyCredentials: false })
    .catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      throw badProof(`the presentation cannot be read: ${error.message}`, error);
    });
  const fault = report.checks.find(({ result }) => result === 'fail' || result === 'unknown');
  if (report.verdict !== 'valid' || report.holder !== holder) {
    throw badProof(`the presentation does not hold: ${fault ? `${fault.check} ${fault.code}` : 'nobody signed it'}`);
  }
  const found = await context.identifiers.resolveMethod(String(verificationMethod), 'authentication');
  if (found.outcome !== 'ok') throw badProof(`verificationMethod: ${found.detail}`);
  return { holder, key: found.method.publicKeyMultibase, nonce: challenge };
}
