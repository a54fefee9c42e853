import {
  fieldProblem,
  isObject,
  type Json,
  type JsonObject,
  LIMITS,
  Problem,
  parseDateTimeStamp,
  pointerToken,
} from '#kernel';
import { readPublicKey, type Signer } from '#keystore';
import { canonicalize } from './canonical/canonicalize.ts';
import type { PlanPair } from './canonical/plan-sets.ts';
import { type Attempt, isForPlans, plannedForms, proofOver } from './compiled-proof.ts';
import { assertNoUnsafeContext, type ContextProfile, profileOf } from './context-policy.ts';
import type { ContextLoader } from './contexts.ts';
import { assertSelectable, deriveSd } from './ecdsa-sd-2023/derive.ts';
import { mandatoryPointers } from './ecdsa-sd-2023/pointers.ts';
import { assertNoProto } from './harden.ts';
import { previousOf, proofsOf, withoutProof } from './hash.ts';
import { type Digest, signChecked } from './keys.ts';
import { assertPortableNquads, assertPortableNumbers } from './portable.ts';
import type { CredentialDeriver, ProofMaker, ProofOptions } from './ports.ts';
import { asProblem } from './problem.ts';
import { issuingSuite } from './suites.ts';

/**
 * Makes proofs by the reference libraries, with our loader, our budgets and work factor 1, so that every default
 * verifier can check what is issued. Every signature is verified before it is returned.
 */
export function createProofMaker({
  loader,
  plans,
}: {
  loader: ContextLoader;
  /** Compiled forms, for callers that check what they release. */
  plans?: PlanPair;
}): ProofMaker & CredentialDeriver {
  // Asked for once: each import expression is a look into the table of modules, which shows.
  let library: Promise<typeof import('./library.ts')> | undefined;

  /** Forms by plans, of a document that the library would take. */
  async function attempt(
    ours: PlanPair,
    document: JsonObject,
    signer: Signer,
    created: string,
    options: ProofOptions,
  ): Promise<Attempt> {
    const tried = await plannedForms(ours, document, signer, created, options.cryptosuite ?? 'eddsa-rdfc-2022');
    const profile = options.profile ?? profileOf(document);
    if (!('structure' in tried) || !tried.structure.has(profile)) {
      assertDocument(document, profile, loader);
      if ('structure' in tried) tried.structure.add(profile);
    }
    library ??= import('./library.ts');
    const { checkCredential } = await library;
    checkCredential({ credential: document, now: new Date(created), mode: 'issue' });
    return tried;
  }

  return {
    ...(plans && { explain: (document) => plans.document.explain(withoutProof(document)) }),
    deriveCredential: (document, options) => deriveSd(loader, document, options),

    async sign(document, signer, created, options = {}) {
      assertSignable(document, created, options);
      const suite = issuingSuite(options.cryptosuite ?? 'eddsa-rdfc-2022');
      const { algorithm } = readPublicKey(signer.publicKeyMultibase);
      if (!suite.algorithms.includes(algorithm)) {
        const detail = `${suite.cryptosuite} is signed with ${suite.algorithms.join(' or ')}, and the key is ${algorithm}`;
        throw fieldProblem('lint-failed', '/proof/cryptosuite', detail, 'key_wrong_kind');
      }
      const isPlanned = plans !== undefined && isForPlans(document, algorithm, options);
      if (!isPlanned) assertDocument(document, options.profile ?? profileOf(document), loader);
      const covered = options.existing === 'chain' ? chainEnds(document) : [];
      try {
        const tried = isPlanned ? await attempt(plans, document, signer, created, options) : undefined;
        if (tried && 'structure' in tried) return { ...document, proof: await proofOver(tried, signer) };
        // Whatever the suite signs, the document must have one meaning as JSON-LD: refused here as it would be by a verifier.
        const form = suite.form === 'rdfc' ? '' : await canonicalForm(loader, withoutProof(document), 'sha256');
        let given = options;
        if (suite.form === 'sd') {
          assertSelectable(form);
          given = { ...options, mandatoryPointers: mandatoryPointers(document, options.mandatoryPointers) };
        }
        const proof = await libraryProof(loader, document, signer, created, given, covered, algorithm);
        if (suite.form === 'sd') await assertDerivable(loader, { ...withoutProof(document), proof }, options);
        if (tried) tried.learn(signer.verificationMethod.split('#', 1)[0]!);
        const proofs = [...proofsOf(document), proof];
        return { ...withoutProof(document), proof: proofs.length > 1 ? proofs : proof };
      } catch (error) {
        throw asProblem(error, '/mandatoryPointers');
      }
    },
  };
}

/** The new proof alone. The library writes into what it is given; the caller's document stays as it was linted. */
async function libraryProof(
  loader: ContextLoader,
  document: JsonObject,
  signer: Signer,
  created: string,
  options: ProofOptions,
  covered: JsonObject[],
  algorithm: string,
): Promise<JsonObject> {
  const { DataIntegrityProof, issue, libraryCryptosuite, signPresentation } = await import('./library.ts');
  const suite = new DataIntegrityProof({
    signer: {
      id: signer.verificationMethod,
      algorithm,
      sign: ({ data }) => (options.verified ? signer.sign(data) : signChecked(signer, data)),
    },
    date: created,
    cryptosuite: libraryCryptosuite(options, (input, digest) => canonicalForm(loader, input, digest)),
  });
  if (options.proofId !== undefined || covered.length > 0) {
    const ends = covered.map(({ id }) => id as string);
    suite.proof = {
      ...(options.proofId !== undefined && { id: options.proofId }),
      ...(ends.length > 0 && { previousProof: ends.length > 1 ? ends : ends[0]! }),
    };
  }
  if (covered.length > 0) {
    // VC-DI 4.5: what a chained proof signs is the document with the proofs it refers to, as a set.
    const create = suite.createProof.bind(suite);
    suite.createProof = (given) => create({ ...given, document: { ...given.document, proof: covered } });
  }
  const unsecured = structuredClone(withoutProof(document));
  const purpose = {
    update: async (proof: JsonObject): Promise<JsonObject> => ({
      ...proof,
      proofPurpose: options.proofPurpose ?? 'assertionMethod',
      ...(options.challenge !== undefined && { challenge: options.challenge }),
      ...(options.domain !== undefined && { domain: options.domain }),
    }),
  };
  const { documentLoader } = loader;
  const isPresentation = profileOf(document) === 'presentation';
  const signed = (
    isPresentation
      ? await signPresentation({ presentation: unsecured, suite, purpose, documentLoader })
      : await issue({ credential: unsecured, suite, purpose, documentLoader, now: new Date(created) })
  ) as JsonObject;
  // The library fills in dates that version 1 documents lack: never sign what the caller did not say.
  if (JSON.stringify(withoutProof(signed)) !== JSON.stringify(withoutProof(document))) {
    throw new Problem('lint-failed', 'the document is not complete as it is');
  }
  return signed.proof as JsonObject;
}

/** A base proof is judged by what can be derived from it: here, everything. */
async function assertDerivable(loader: ContextLoader, signed: JsonObject, { profile }: ProofOptions): Promise<void> {
  const members = Object.keys(withoutProof(signed)).filter((name) => name !== '@context');
  const selectivePointers = members.map((name) => `/${pointerToken(name)}`);
  await deriveSd(loader, signed, { selectivePointers, ...(profile && { profile }) });
}

/** Whether this proof can be asked for, whatever the members of the document. */
function assertSignable(document: JsonObject, created: string, options: ProofOptions): void {
  if (parseDateTimeStamp(created) === undefined || !/^[^.]{19}Z$/.test(created)) {
    throw new RangeError(`created must be a whole-second UTC instant: ${created}`);
  }
  const { existing = 'refuse', proofId, cryptosuite } = options;
  if (existing === 'refuse' && 'proof' in document) {
    throw fieldProblem('lint-failed', '/proof', 'the document already has a proof');
  }
  if (proofsOf(document).length >= LIMITS.proofsPerCredential) {
    throw fieldProblem('lint-failed', '/proof', `more than ${LIMITS.proofsPerCredential} proofs`, 'too_many');
  }
  if (proofId !== undefined && !/^[a-z][a-z0-9+.-]*:\S+$/i.test(proofId)) {
    throw fieldProblem('lint-failed', '/proof/id', 'the id of a proof must be an absolute URL');
  }
  if (proofId !== undefined && proofsOf(document).some((one) => isObject(one) && one.id === proofId)) {
    throw fieldProblem('lint-failed', '/proof/id', 'another proof has this id');
  }
  if (options.mandatoryPointers !== undefined && cryptosuite !== 'ecdsa-sd-2023') {
    throw fieldProblem('lint-failed', '/mandatoryPointers', 'only ecdsa-sd-2023 has mandatory pointers');
  }
  if (existing === 'chain' && cryptosuite === 'ecdsa-sd-2023') {
    throw fieldProblem('lint-failed', '/proof', 'a proof that discloses selectively covers no other proof');
  }
}

/** @throws Problem with the pointers of what no proof is made over */
function assertDocument(document: JsonObject, profile: ContextProfile, loader: ContextLoader): void {
  assertNoProto(document);
  assertNoUnsafeContext(document, profile, loader);
  assertPortableNumbers(document);
}

/** The proofs that no other proof refers to: a new link covers exactly these. @throws Problem with the pointer */
function chainEnds(document: JsonObject): JsonObject[] {
  const proofs = proofsOf(document);
  if (proofs.length === 0) throw fieldProblem('lint-failed', '/proof', 'there is no proof to chain to');
  const covered = new Set(proofs.flatMap((one) => previousOf(one) ?? []));
  return proofs.filter((proof, index): proof is JsonObject => {
    if (!isObject(proof) || typeof proof.id !== 'string') {
      throw fieldProblem('lint-failed', `/proof/${index}/id`, 'a proof without an id cannot be chained to');
    }
    return !covered.has(proof.id);
  });
}

async function canonicalForm(loader: ContextLoader, input: Json, digest: Digest): Promise<string> {
  const nquads = await canonicalize(loader, input, digest);
  assertPortableNquads(nquads);
  return nquads;
}
