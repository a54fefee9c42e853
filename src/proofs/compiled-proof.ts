import type { JsonObject } from '#kernel';
import type { Signer } from '#keystore';
import { encodeBase58 } from './base58.ts';
import type { CompiledForm } from './canonical/compiled-forms.ts';
import type { PlanPair } from './canonical/plan-sets.ts';
import type { KnownStructure } from './canonical/plans.ts';
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

/** Both forms that a signature is over, by plans; or what is to be learnt when the reference has made a proof. */
export type Attempt =
  | {
      members: JsonObject;
      document: string;
      configuration: string;
      /** Of the document. */
      structure: KnownStructure;
    }
  | { learn(owner: string): void };

/**
 * The forms of VC-DI-EdDSA 3.2.1 and VC-DI-ECDSA 3.2.1.
 * @throws SigningMismatch when a form is not the reference's
 */
export async function plannedForms(
  plans: PlanPair,
  document: JsonObject,
  { verificationMethod }: Signer,
  created: string,
  cryptosuite: string,
): Promise<Attempt> {
  const members = {
    ...{ type: 'DataIntegrityProof', created, verificationMethod, cryptosuite },
    proofPurpose: 'assertionMethod',
  };
  const configuration = { '@context': document['@context']!, ...members };
  const [main, own] = [await plans.document.form(document), await plans.proof.form(configuration)];
  assertRight(main);
  assertRight(own);
  if ('structure' in main && 'structure' in own) {
    return { members, document: main.nquads, configuration: own.nquads, structure: main.structure };
  }
  return {
    learn(owner) {
      if ('shape' in main && main.shape) plans.document.learn(main.shape, document, owner);
      if ('shape' in own && own.shape) plans.proof.learn(own.shape, configuration, owner);
    },
  };
}

/** Equal to the library's proof to the byte. The signature is not verified here; whoever releases the text does, from the text. */
export async function proofOver(
  { members, document, configuration }: Exclude<Attempt, { learn: unknown }>,
  signer: Signer,
): Promise<JsonObject> {
  const signature = await signer.sign(hashData(configuration, document, 'sha256'));
  return { ...members, proofValue: `z${encodeBase58(signature)}` };
}

function assertRight(form: CompiledForm): void {
  if ('mismatch' in form) throw new SigningMismatch('a compiled form is not the one of the reference', form.mismatch);
}
