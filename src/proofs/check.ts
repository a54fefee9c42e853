import type { ResolvedMethod } from '#identifiers';
import { type Clock, type Disposable, isObject, type Json, type JsonObject, LIMITS, shown, systemClock } from '#kernel';
import { type PublicKey, readPublicKey, WeakKeyError } from '#keystore';
import { createVerifyingCanonicalizer, type VerifyingCanonicalizer } from './canonical/canonicalize.ts';
import { createForms, type Forms } from './canonical/forms.ts';
import { profileOf } from './context-policy.ts';
import type { ContextLoader } from './contexts.ts';
import { type Finding, fail, unknown } from './finding.ts';
import { proofsOf, withoutProof } from './hash.ts';
import { termFinding, tokenContextFinding } from './jose/gate.ts';
import { keyEnd } from './key-end.ts';
import type { ExpectedProof, ProofChecker, ProofResult, ResolveMethod } from './ports.ts';
import { type ProofForm, readForm } from './proof-form.ts';
import { type Links, linksOf, reachable } from './proof-set.ts';
import { contextFinding, isPlainProof } from './readable.ts';
import { checkSignature } from './signature.ts';
import { suiteOf } from './suites.ts';

/** One verification: what was asked, and what is found out on the way. */
interface Run {
  /** The document without its proofs. */
  unsecured: JsonObject;
  proofs: Json[];
  links: Links;
  expected: ExpectedProof;
  resolveMethod: ResolveMethod;
  clock: Clock;
  forms: Forms;
  /** Proofs of others whose keys are asked after all. */
  asked: ReadonlySet<number>;
  judged: Map<number, Promise<Judgement>>;
}

/** Does the proof hold for the key it names, and is that somebody else's key. */
interface Judgement {
  finding: Finding;
  /** Undefined where it is not readable whose it is. */
  whose?: 'expected' | 'other';
}

/**
 * Checks the proofs of a document by the table of suites (VC-DI 4.4 and 4.5). Hashes are composed here, equal to the
 * reference libraries; signatures are checked by the platform.
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
    async terms(document, profile) {
      const found = tokenContextFinding(document, profile, loader) ?? (await termFinding(document, canonicalizer));
      return { ...(found ?? fail('no_proof', 'the document has no proof')), proofs: [] };
    },
    async verify(document, expected, resolveMethod) {
      const unsecured = withoutProof(document);
      const forms = createForms(canonicalizer);
      const structure = await forms.structure('', unsecured);
      const profile = expected.profile ?? profileOf(document);
      const isKnown = structure?.has(profile) === true && isPlainProof(document.proof);
      const refused = (isKnown ? undefined : contextFinding(document, profile, loader)) ?? countFinding(document);
      if (refused) return { ...refused, proofs: [] };
      structure?.add(profile);
      const proofs = proofsOf(document);
      const links = linksOf(proofs);
      const run: Run = {
        unsecured,
        proofs,
        links,
        expected,
        resolveMethod,
        clock,
        forms,
        asked: othersToAsk(proofs, links, expected),
        judged: new Map(),
      };
      const results: ProofResult[] = [];
      const held: Finding[] = [];
      for (const [index, proof] of proofs.entries()) {
        const judgement = await judge(run, index);
        held.push(judgement.finding);
        results.push({ ...asTheController(judgement, proof, expected), ...about(proof) });
      }
      return { ...(expected.policy === 'all' ? verdictOfAll(results, held) : verdict(results)), proofs: results };
    },
  };
}

function countFinding(document: JsonObject): Finding | undefined {
  const count = proofsOf(document).length;
  if (count === 0) return fail('no_proof', 'the document has no proof');
  if (count > LIMITS.proofsPerCredential) {
    return unknown('work_limit', `more than ${LIMITS.proofsPerCredential} proofs`);
  }
  return undefined;
}

/** A DID names its own keys only, so no other document is even asked. */
function mayBeExpected(proof: Json, { controller }: ExpectedProof): boolean {
  if (!isObject(proof) || typeof proof.verificationMethod !== 'string') return true;
  const owner = ownerOf(proof.verificationMethod);
  const isDid = owner.startsWith('did:') || controller.startsWith('did:');
  return !isDid || (owner === controller && /^[^#]+#[^#]+$/.test(proof.verificationMethod));
}

const ownerOf = (verificationMethod: string): string => verificationMethod.split('#', 1)[0]!;

/** Those the controller's proofs cover, and all under policy `all`. */
function othersToAsk(proofs: readonly Json[], links: Links, expected: ExpectedProof): ReadonlySet<number> {
  if (expected.policy === 'all') return new Set(proofs.keys());
  return new Set(
    proofs.flatMap((proof, index) => (mayBeExpected(proof, expected) ? [...reachable(links, index)] : [])),
  );
}

/** Each proof once, however many refer to it. Loops were refused before, so that this ends. */
function judge(run: Run, index: number): Promise<Judgement> {
  const known = run.judged.get(index);
  if (known) return known;
  const judgement = judgeOnce(run, index);
  run.judged.set(index, judgement);
  return judgement;
}

/** The steps for one proof, cheap ones first. */
async function judgeOnce(run: Run, index: number): Promise<Judgement> {
  // 1. What the proof says of itself.
  const proof = run.proofs[index]!;
  if (!isObject(proof)) return { finding: fail('proof_malformed', 'a proof must be an object') };
  const form = readForm(proof, run.expected, run.clock);
  if ('outcome' in form) return { finding: form };
  const links = run.links[index]!;
  if ('outcome' in links) return { finding: links };

  // 2. The key (Controlled Identifiers 1.0, 3.3), from its controller's document and never from the credential.
  const { verificationMethod } = form;
  const mayBe = mayBeExpected(proof, run.expected);
  const asked = run.asked.has(index);
  if (!mayBe && !asked) return { finding: notTheControllers(proof, run.expected), whose: 'other' };
  const resolution = await run.resolveMethod(verificationMethod, run.expected.purpose);
  if (resolution.outcome !== 'ok') {
    const { outcome, code, detail } = resolution;
    const finding = outcome === 'refused' ? fail(code, detail) : unknown(code, detail);
    return { finding, whose: mayBe ? 'expected' : 'other' };
  }
  const { method } = resolution;
  const owner = ownerOf(verificationMethod);
  const whose = mayBe && method.controller === run.expected.controller ? 'expected' : 'other';
  const astray = method.id !== verificationMethod || (owner.startsWith('did:') && method.controller !== owner);
  if (astray || (whose === 'other' && !asked)) {
    return { finding: notTheControllers(proof, run.expected), whose: 'other' };
  }
  const key = usableKey(method, form);
  if ('outcome' in key) return { finding: key, whose };

  // 3. The proofs it covers (VC-DI 4.5): it stands only if they stand.
  for (const link of links) {
    const { finding } = await judge(run, link);
    if (finding.outcome === 'pass') continue;
    const detail = `the proof it is chained to does not hold: ${finding.code}`;
    return {
      finding:
        finding.outcome === 'unknown'
          ? unknown('previous_proof_unknown', detail)
          : fail('previous_proof_invalid', detail),
      whose,
    };
  }

  // 4. The signature, over everything in the document.
  const { unsecured } = run;
  const covered = links.map((link) => run.proofs[link]!);
  const input = {
    document: covered.length > 0 ? { ...unsecured, proof: covered } : unsecured,
    name: links.join(),
    proofName: String(index),
  };
  const finding = await checkSignature(form, key, input, run.forms);
  // Of an issuer that costs something to be: a key that is its own name can be made by the million.
  const known = whose === 'expected' && !/^did:(?:key|jwk):/.test(run.expected.controller);
  if (known && finding.outcome === 'pass') run.forms.accepted(run.expected.controller);
  return { finding, whose };
}

/** The key of a method, if it is of a kind the suite allows and had not ended when the proof was made. */
function usableKey(method: ResolvedMethod, { suite, created }: ProofForm): PublicKey | Finding {
  let key: PublicKey;
  try {
    key = readPublicKey(method.publicKeyMultibase);
  } catch (error) {
    if (!(error instanceof WeakKeyError)) throw error;
    return fail('key_malformed', `${method.id}: ${error.message}`);
  }
  if (!suite.algorithms.includes(key.algorithm)) {
    return fail('key_wrong_kind', `${method.id} is a key for ${key.algorithm}`);
  }
  return keyEnd(method, created) ?? key;
}

/** Whatever a proof of somebody else is worth, it is not one of the controller. */
function asTheController(
  { finding, whose }: Judgement,
  proof: Json,
  expected: ExpectedProof,
): Finding & Pick<ProofResult, 'other'> {
  if (whose !== 'other') return finding;
  return { ...notTheControllers(proof, expected), ...(finding.outcome === 'pass' && { other: 'signature_valid' }) };
}

function notTheControllers(proof: Json, { controller }: ExpectedProof): Finding {
  const method = isObject(proof) ? shown(proof.verificationMethod, 300) : '';
  return fail('method_not_issuer', `${method} is not a key of ${controller}`);
}

/**
 * One valid issuer proof over the whole document is enough (OB 3.0, 8.2 step 2: any one). Without one the answer is
 * `unknown` when some proof could not be judged, else `fail`; a proof that fails is never hidden by one that passes.
 */
function verdict(results: readonly ProofResult[]): Finding {
  const best = ['pass', 'unknown', 'fail'].map((outcome) => results.find((result) => result.outcome === outcome));
  return summary(best.find((result) => result !== undefined)!);
}

/** Every proof must hold for its own key (VC-DI 4.5), and one of them be the controller's. @param held by the key it names */
function verdictOfAll(results: readonly ProofResult[], held: readonly Finding[]): Finding {
  const worst = ['fail', 'unknown'].map((outcome) => held.find((one) => one.outcome === outcome));
  return summary(worst.find((one) => one !== undefined) ?? verdict(results));
}

function summary({ outcome, code, detail }: Finding): Finding {
  return { outcome, code, detail };
}

function about(proof: Json): Partial<ProofResult> {
  if (!isObject(proof)) return {};
  const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
  const { verificationMethod, cryptosuite, created } = proof;
  const suite = suiteOf(proof);
  return {
    ...(text(verificationMethod) && { verificationMethod: text(verificationMethod)! }),
    ...(text(cryptosuite) && { cryptosuite: text(cryptosuite)! }),
    ...(text(created) && { created: text(created)! }),
    ...(suite?.legacy && { legacy: true }),
    ...(suite?.form === 'sd' && { selective: true }),
  };
}
