import { fieldProblem, isObject, type JsonObject } from '#kernel';
import { canonicalize } from '../canonical/canonicalize.ts';
import { CanonicalizationError } from '../canonical/outcome.ts';
import { assertMembers } from '../canonical/rdfc.ts';
import { assertNoUnsafeContext, profileOf } from '../context-policy.ts';
import type { ContextLoader } from '../contexts.ts';
import { assertNoProto } from '../harden.ts';
import { proofsOf, withoutProof } from '../hash.ts';
import type { DeriveOptions } from '../ports.ts';
import { asProblem } from '../problem.ts';
import { suiteOf } from '../suites.ts';
import { readDerivedProof } from './derived-proof.ts';
import { assertPointers } from './pointers.ts';
import { statementsHold, statementsOf } from './verify.ts';

/**
 * What a holder shows of a credential (VC-DI-ECDSA 3.6.6), by the reference library. Its canonicalisation has no budget of
 * its own in time, so the whole document passes ours first. The result is read as a verifier would before it is returned;
 * only the issuer's signature is left to the verifier, who has the key.
 * @throws Problem `lint-failed` with the pointer
 */
export async function deriveSd(
  loader: ContextLoader,
  document: JsonObject,
  { selectivePointers, proofId, profile }: DeriveOptions,
): Promise<JsonObject> {
  try {
    if (assertMembers(document) > MEMBERS)
      throw new CanonicalizationError('work_limit', `more than ${MEMBERS} members`);
    assertNoProto(document);
    assertNoUnsafeContext(document, profile ?? profileOf(document), loader);
    const base = baseProof(document, proofId);
    assertPointers(document, selectivePointers, '/selectivePointers');
    assertSelectable(await canonicalize(loader, withoutProof(document)));
    const { createDiscloseCryptosuite, DataIntegrityProof, derive } = await import('../library.ts');
    const suite = new DataIntegrityProof({
      cryptosuite: createDiscloseCryptosuite({ selectivePointers: [...selectivePointers] }),
    });
    const verifiableCredential = { ...structuredClone(withoutProof(document)), proof: structuredClone(base) };
    const { documentLoader } = loader;
    const derived = (await derive({ verifiableCredential, suite, documentLoader })) as JsonObject;
    await assertHolds(loader, derived);
    return derived;
  } catch (error) {
    throw asProblem(error, '/selectivePointers');
  }
}

/** The one base proof, or the one with this id. */
function baseProof(document: JsonObject, proofId: string | undefined): JsonObject {
  const found = proofsOf(document).filter((proof): proof is JsonObject => {
    const isSd = isObject(proof) && suiteOf(proof)?.form === 'sd' && (proofId === undefined || proof.id === proofId);
    if (!isSd) return false;
    const read = readDerivedProof(proof.proofValue);
    return 'outcome' in read && read.code === 'base_proof';
  });
  if (found.length !== 1) {
    const detail =
      found.length === 0 ? 'there is no base proof to derive from' : 'there are several base proofs: name one';
    throw fieldProblem('lint-failed', '/proof', detail, 'no_base_proof');
  }
  return found[0]!;
}

/** The library goes over a document about ten times, on this thread: a badge has some 80 statements. */
const STATEMENTS = 300;
/** What is looked at as JSON-LD at all. */
const MEMBERS = 1_000;

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/**
 * Skolemisation (VC-DI-ECDSA 3.4.7) gives every object an id, ordered lists too, which is no JSON-LD; and the library takes
 * every `_:` for a blank node and every `urn:bnid:` for its own, in texts as well.
 * @throws Problem `lint-failed` for what selective disclosure cannot carry
 */
export function assertSelectable(nquads: string): void {
  const lines = nquads.split('\n').slice(0, -1);
  if (lines.length > STATEMENTS) {
    throw fieldProblem('lint-failed', '', `more than ${STATEMENTS} statements`, 'work_limit');
  }
  for (const line of lines) {
    const terms = line.match(/"(?:[^"\\]|\\.)*"|<[^>]*>/g) ?? [];
    if (terms.some((one) => one === `<${RDF}first>` || one === `<${RDF}nil>`)) {
      throw fieldProblem(
        'lint-failed',
        '',
        'selective disclosure cannot carry an ordered list, such as allowedValue',
        'ordered_list',
      );
    }
    if (terms.some((one) => one.includes('_:') || one.startsWith('<urn:bnid:'))) {
      throw fieldProblem(
        'lint-failed',
        '',
        `selective disclosure cannot carry "_:" in a text: ${line.slice(0, 200)}`,
        'label_in_text',
      );
    }
  }
}

/** @throws Problem when the statements do not carry their signatures */
async function assertHolds(loader: ContextLoader, derived: JsonObject): Promise<void> {
  const proof = readDerivedProof((derived.proof as JsonObject).proofValue);
  const statements =
    'outcome' in proof ? proof : statementsOf(proof, await canonicalize(loader, withoutProof(derived)));
  const holds = !('outcome' in proof) && !('outcome' in statements) && statementsHold(proof, statements);
  if (!holds) throw fieldProblem('lint-failed', '/proof', 'the proof is not one of this document', 'signature_invalid');
}
