import { canonicalJson, type JsonObject } from '#kernel';
import { type PublicKey, verifySignature } from '#keystore';
import type { Forms } from './canonical/forms.ts';
import { readDerivedProof } from './ecdsa-sd-2023/derived-proof.ts';
import { verifyDerived } from './ecdsa-sd-2023/verify.ts';
import { type Finding, fail, pass, unknown } from './finding.ts';
import { hashData, proofConfiguration } from './hash.ts';
import { digestOf } from './keys.ts';
import type { ProofForm } from './proof-form.ts';
import { canonicalFinding } from './readable.ts';
import type { Suite } from './suites.ts';

/** What a proof signs: the document without its proofs, save those it is chained to. */
export interface SignedInput {
  document: JsonObject;
  /** Equal for inputs that are equal within one verification. */
  name: string;
  /** The same of the proof itself. */
  proofName: string;
}

type Check = (form: ProofForm, key: PublicKey, input: SignedInput, forms: Forms) => Promise<Finding>;

const CHECKS: Record<Suite['form'], Check> = { rdfc: checkRdfc, jcs: checkJcs, sd: checkSd };

/** Is this the signature of this key over all of the input? Never throws for what a document contains. */
export async function checkSignature(...[form, key, input, forms]: Parameters<Check>): Promise<Finding> {
  try {
    return await CHECKS[form.suite.form](form, key, input, forms);
  } catch (error) {
    return canonicalFinding(error);
  }
}

async function checkRdfc(form: ProofForm, key: PublicKey, input: SignedInput, forms: Forms): Promise<Finding> {
  const digest = digestOf(key);
  const { configuration, document } = await rdfForms(form, input, forms, digest);
  return judge(form, key, hashData(configuration, document, digest));
}

/**
 * The signature covers the JSON, terms and all, whether a context defines them or not. Readers go by terms, so what has no
 * meaning as JSON-LD, or more than one, is refused as under every other suite.
 */
async function checkJcs(form: ProofForm, key: PublicKey, input: SignedInput, forms: Forms): Promise<Finding> {
  const { document } = await rdfForms(form, input, forms, 'sha256');
  const { proofValue: _, ...configuration } = form.proof;
  const { '@context': context } = configuration;
  const signed = context === undefined ? input.document : { ...input.document, '@context': context };
  // VC-DI-EdDSA 3.3.2 lets contexts be added behind those that were signed: only as far as they change nothing.
  if (context !== undefined && canonicalJson(context) !== canonicalJson(input.document['@context']!)) {
    const before = await forms.of(
      'document',
      `${form.verificationMethod} ${input.name} ${canonicalJson(context)}`,
      () => signed,
      'sha256',
    );
    if (before !== document) return fail('context_not_signed', 'a context that was not signed changes the meaning');
  }
  return judge(form, key, hashData(canonicalJson(configuration), canonicalJson(signed), digestOf(key)));
}

async function checkSd(form: ProofForm, key: PublicKey, input: SignedInput, forms: Forms): Promise<Finding> {
  const derived = readDerivedProof(form.proof.proofValue);
  if ('outcome' in derived) return derived;
  if (form.previous.length > 0)
    return unknown('unsupported_proof_chain', 'a derived proof in a chain is not read here');
  const { configuration, document } = await rdfForms(form, input, forms, 'sha256');
  return verifyDerived(derived, key, configuration, document, form.verificationMethod);
}

async function rdfForms(
  { proof, suite }: ProofForm,
  { document, name, proofName }: SignedInput,
  forms: Forms,
  digest: ReturnType<typeof digestOf>,
): Promise<{ configuration: string; document: string }> {
  return {
    configuration: await forms.of('proof', proofName, () => proofConfiguration(document, proof, suite), digest),
    document: await forms.of('document', name, () => document, digest),
  };
}

function judge({ signature, verificationMethod }: ProofForm, key: PublicKey, data: Uint8Array): Finding {
  return signature && verifySignature(key, data, signature)
    ? pass(`signed by ${verificationMethod}`)
    : fail('signature_invalid', 'the document or the proof was changed, or another key signed');
}
