import type { JsonObject } from '#kernel';
import type { Signer } from '#keystore';
import { encodeBase58 } from './base58.ts';
import type { CompiledForm } from './canonical/compiled-forms.ts';
import type { PlanPair } from './canonical/plan-sets.ts';
import { profileOf } from './context-policy.ts';
import { CREDENTIALS_V2 } from './contexts.ts';
import { hashData } from './hash.ts';
import { SigningMismatch } from './mismatch.ts';
import type { ProofOptions } from './ports.ts';

const SUITES: readonly (string | undefined)[] = [undefined, 'eddsa-rdfc-2022', 'ecdsa-rdfc-2019'];
/** Whatever else is asked for is left to the reference. */
const KNOWN: readonly string[] = ['cryptosuite', 'verified', 'existing', 'profile'];

/** Whether a proof of a credential is of the plain kind that plans are for, and its caller checks the released text. */
export function isForPlans(document: JsonObject, algorithm: string, options: ProofOptions): boolean {
  const context = document['@context'];
  return (
    options.verified === 'by-caller' &&
    Object.keys(options).every((name) => KNOWN.includes(name)) &&
    (options.existing ?? 'refuse') === 'refuse' &&
    SUITES.includes(options.cryptosuite) &&
    (algorithm === 'Ed25519' || algorithm === 'P-256') &&
    Array.isArray(context) &&
    context[0] === CREDENTIALS_V2 &&
    profileOf(document) !== 'presentation'
  );
}

/** A proof by plans, or what is to be learnt when the reference has made one. */
export type Attempt = { proof: JsonObject } | { learn(owner: string): void };

/**
 * VC-DI-EdDSA 3.2.1 and VC-DI-ECDSA 3.2.1 with compiled forms: equal to the library's proof to the byte. The signature is not
 * verified here; whoever releases the text does, from the text.
 * @throws SigningMismatch when a form is not the reference's
 */
export async function compiledProof(
  plans: PlanPair,
  document: JsonObject,
  signer: Signer,
  created: string,
  cryptosuite: string,
): Promise<Attempt> {
  const members = {
    type: 'DataIntegrityProof',
    created,
    verificationMethod: signer.verificationMethod,
    cryptosuite,
    proofPurpose: 'assertionMethod',
  };
  const configuration = { '@context': document['@context']!, ...members };
  const forms = { document: await plans.document.form(document), proof: await plans.proof.form(configuration) };
  for (const form of Object.values(forms)) assertRight(form);
  const [main, own] = [forms.document, forms.proof];
  if ('notEligible' in main || 'notEligible' in own || 'mismatch' in main || 'mismatch' in own) {
    return {
      learn(owner) {
        if ('shape' in main && main.shape) plans.document.learn(main.shape, document, owner);
        if ('shape' in own && own.shape) plans.proof.learn(own.shape, configuration, owner);
      },
    };
  }
  const signature = await signer.sign(hashData(own.nquads, main.nquads, 'sha256'));
  return { proof: { ...members, proofValue: `z${encodeBase58(signature)}` } };
}

function assertRight(form: CompiledForm): void {
  if ('mismatch' in form) throw new SigningMismatch('a compiled form is not the one of the reference', form.mismatch);
}
