import {
  type Clock,
  type Disposable,
  isObject,
  type Json,
  type JsonObject,
  LIMITS,
  parseDateTimeStamp,
  systemClock,
} from '#kernel';
import { type PublicKey, verifySignature, WeakKeyError } from '#keystore';
import { createVerifyingCanonicalizer, type VerifyingCanonicalizer } from './canonical/canonicalize.ts';
import { asCanonicalizationError } from './canonical/outcome.ts';
import { contextProblems, NOT_READ, profileOf } from './context-policy.ts';
import type { ContextLoader } from './contexts.ts';
import { assertNoProto } from './harden.ts';
import { hashData, proofConfiguration, withoutProof } from './hash.ts';
import { publicKey } from './keys.ts';
import type { ExpectedProof as Expected, ProofChecker, ProofResult, ResolveMethod } from './ports.ts';
import { strictBase58 } from './proof-value.ts';
import { suiteOf } from './suites.ts';

/** `about` repeats what the proof says of itself. */
type Finding = Pick<ProofResult, 'outcome' | 'code' | 'detail'>;

/**
 * Checks `eddsa-rdfc-2022` proofs (VC-DI 4.4, VC-DI-EdDSA 3.2.2). Hashes are composed here, equal to the reference
 * library; signatures are checked by the platform.
 * `close` ends the worker thread; it does not keep the process alive.
 * @param options.clock for `expires` of a proof
 */
export function createProofChecker(options: {
  loader: ContextLoader;
  clock?: Clock;
  canonicalizer?: VerifyingCanonicalizer;
}): ProofChecker & Disposable {
  const { loader, clock = systemClock, canonicalizer = createVerifyingCanonicalizer(loader) } = options;
  return {
    close: () => canonicalizer.close(),
    async verify(document, expected, resolveMethod) {
      const refused = documentFinding(document, expected, loader);
      if (refused) return { ...summary(refused), proofs: [] };
      const proofs = Array.isArray(document.proof) ? document.proof : [document.proof!];

      // One canonical form for all proofs, and only when some proof comes as far as to need it.
      let form: Promise<string> | undefined;
      const documentForm = (): Promise<string> => {
        form ??= canonicalizer.canonicalize(withoutProof(document));
        return form;
      };
      const results: ProofResult[] = [];
      for (const proof of proofs) {
        const finding = await proofFinding(
          document,
          proof,
          expected,
          resolveMethod,
          clock,
          canonicalizer,
          documentForm,
        );
        results.push({ ...finding, ...about(proof) });
      }
      return { ...verdict(results), proofs: results };
    },
  };
}

/** What is wrong with the document before any proof is looked at. */
function documentFinding(document: JsonObject, expected: Expected, loader: ContextLoader): Finding | undefined {
  try {
    assertNoProto(document);
  } catch (error) {
    if (error instanceof RangeError) return unknown('work_limit', 'the document is nested too deeply');
    return fail('forbidden_member', error instanceof Error ? error.message : 'not allowed');
  }
  const problems = contextProblems(document, expected.profile ?? profileOf(document), loader);
  const worst = problems.find(({ code }) => !NOT_READ.has(code)) ?? problems[0];
  if (worst) {
    const finding = NOT_READ.has(worst.code) ? unknown : fail;
    return finding(worst.code, `${worst.pointer}: ${worst.detail}`);
  }
  const { proof } = document;
  const count = Array.isArray(proof) ? proof.length : Number(proof !== undefined && proof !== null);
  if (count === 0) return fail('no_proof', 'the document has no proof');
  if (count > LIMITS.proofsPerCredential) {
    return unknown('work_limit', `more than ${LIMITS.proofsPerCredential} proofs`);
  }
  return undefined;
}

/** The steps for one proof, cheap ones first; the network only when the proof could still be the issuer's. */
async function proofFinding(
  document: JsonObject,
  proof: Json,
  expected: Expected,
  resolveMethod: ResolveMethod,
  clock: Clock,
  canonicalizer: VerifyingCanonicalizer,
  documentForm: () => Promise<string>,
): Promise<Finding> {
  // 1. Is it a proof of this suite? The suite is decided by both names together, never by one of them.
  if (!isObject(proof)) return fail('proof_malformed', 'a proof must be an object');
  const { type, cryptosuite, proofPurpose, verificationMethod, created, expires, proofValue } = proof;
  const suite = suiteOf(proof);
  if (suite?.cryptosuite !== 'eddsa-rdfc-2022') {
    return unknown('unsupported_suite', `${String(type)} ${String(cryptosuite ?? '')}`.trim().slice(0, 200));
  }
  if ('previousProof' in proof) return unknown('unsupported_proof_chain', 'proof chains are not supported');

  // 2. Form (VC-DI 2.1).
  const signature = strictBase58(proofValue, 64);
  if (!signature) return fail('proof_value_malformed', 'proofValue must be "z" and base58btc of exactly 64 bytes');
  if (typeof verificationMethod !== 'string') return fail('proof_malformed', 'verificationMethod must be a URL');
  const createdAt = created === undefined ? undefined : parseDateTimeStamp(created);
  if (created !== undefined && !createdAt) return fail('proof_malformed', 'created is not a dateTimeStamp');
  if (expires !== undefined) {
    const expiresAt = parseDateTimeStamp(expires);
    if (!expiresAt) return fail('proof_malformed', 'expires is not a dateTimeStamp');
    if (expiresAt < clock.now()) return fail('proof_expired', `the proof expired at ${String(expires)}`);
  }

  // 3. Purpose, and whose key it claims to be. A DID names its own keys only, so no other document is even asked.
  if (proofPurpose !== expected.purpose) return fail('wrong_purpose', `the purpose is ${String(proofPurpose)}`);
  const owner = verificationMethod.split('#', 1)[0]!;
  const isDid = owner.startsWith('did:') || expected.controller.startsWith('did:');
  if (isDid && (owner !== expected.controller || !/^[^#]+#[^#]+$/.test(verificationMethod))) {
    return fail('method_not_issuer', `${verificationMethod} is not a key of ${expected.controller}`);
  }

  // 4. The key (Controlled Identifiers 1.0, 3.3), from the issuer's document and never from the credential.
  const resolution = await resolveMethod(verificationMethod, expected.purpose);
  if (resolution.outcome !== 'ok')
    return { ...resolution, outcome: resolution.outcome === 'refused' ? 'fail' : 'unknown' };
  const { method } = resolution;
  if (method.id !== verificationMethod || method.controller !== expected.controller) {
    return fail('method_not_issuer', `${verificationMethod} is controlled by ${method.controller}`);
  }
  const key = readKey(method.publicKeyMultibase);
  if (!key) return fail('key_malformed', `${verificationMethod} is not a strong key in its only spelling`);
  if (!suite.algorithms.includes(key.algorithm)) {
    return fail('key_wrong_kind', `${verificationMethod} is a key for ${key.algorithm}`);
  }
  const ended = keyEnd(method, createdAt);
  if (ended) return ended;

  // 5. The signature, over everything in the document.
  try {
    const configuration = await canonicalizer.canonicalize(proofConfiguration(document, proof, suite));
    const data = hashData(configuration, await documentForm(), 'sha256');
    return verifySignature(key, data, signature)
      ? { outcome: 'pass', code: 'signature_valid', detail: `signed by ${verificationMethod}` }
      : fail('signature_invalid', 'the document or the proof was changed, or another key signed');
  } catch (error) {
    const { code, message } = asCanonicalizationError(error);
    return code === 'work_limit' || code === 'unsupported_context' ? unknown(code, message) : fail(code, message);
  }
}

/** After `revoked` a key signs nothing; a proof that does not say when it was made gets no benefit of doubt. */
function keyEnd(method: { revoked?: string; expires?: string }, created: Date | undefined): Finding | undefined {
  for (const [name, code] of [
    ['revoked', 'key_revoked'],
    ['expires', 'key_expired'],
  ] as const) {
    const text = method[name];
    if (text === undefined) continue;
    const end = parseDateTimeStamp(text);
    if (!end) return fail('key_malformed', `${name} of the key is not a dateTimeStamp`);
    if (!created || created >= end) return fail(code, `the key was ended at ${text}`);
  }
  return undefined;
}

/**
 * One valid issuer proof over the whole document is enough (OB 3.0, 8.2 step 2: any one). Without one the answer is
 * `unknown` when some proof could not be judged, else `fail`; a proof that fails is never hidden by one that passes.
 */
function verdict(results: readonly ProofResult[]): Finding {
  const best = ['pass', 'unknown', 'fail'].map((outcome) => results.find((result) => result.outcome === outcome));
  return summary(best.find((result) => result !== undefined)!);
}

function summary({ outcome, code, detail }: Finding): Finding {
  return { outcome, code, detail };
}

function about(proof: Json): Partial<ProofResult> {
  if (!isObject(proof)) return {};
  const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
  const { verificationMethod, cryptosuite, created } = proof;
  return {
    ...(text(verificationMethod) && { verificationMethod: text(verificationMethod)! }),
    ...(text(cryptosuite) && { cryptosuite: text(cryptosuite)! }),
    ...(text(created) && { created: text(created)! }),
  };
}

function readKey(multibase: string): PublicKey | undefined {
  try {
    return publicKey(multibase);
  } catch (error) {
    if (error instanceof WeakKeyError) return undefined;
    throw error;
  }
}

function fail(code: string, detail: string): Finding {
  return { outcome: 'fail', code, detail };
}

function unknown(code: string, detail: string): Finding {
  return { outcome: 'unknown', code, detail };
}
