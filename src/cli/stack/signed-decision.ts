import { readDecision } from '#equivalences';
import { type JsonObject, Problem } from '#kernel';
import type { EquivalenceDecision } from '#pathways';
import { createOwnProofs } from '../own-verifier.ts';

/**
 * A signed decision whose signature holds. Nothing is fetched, so that only a key that stands in the identifier itself can
 * be had.
 * @throws Problem `invalid-request` at `pointer`
 */
export async function verifiedDecision(document: JsonObject, pointer: string): Promise<EquivalenceDecision> {
  const refuse = (detail: string) => new Problem('invalid-request', detail, { errors: [{ pointer, detail }] });
  const found = readDecision(document);
  if (!found) throw refuse('is not a signed equivalence decision');
  const { decision } = found;
  if (document.issuer !== decision.decidedBy) throw refuse('is not signed by the body that it says decided');
  const { proofs, identifiers, contextProblems } = createOwnProofs(offline);
  try {
    if (contextProblems(document).length > 0) throw refuse('has contexts that are not known');
    const expected = { controller: decision.decidedBy, purpose: 'assertionMethod' } as const;
    const { outcome, code } = await proofs.verify(document, expected, (id, purpose) =>
      identifiers.resolveMethod(id, purpose),
    );
    if (outcome === 'pass') return decision;
    if (outcome === 'fail') throw refuse(`has a signature that does not hold (${code})`);
    throw refuse(
      `cannot be checked without the network: the key of ${decision.decidedBy} has to be looked up (${code}). Ask a service (POST /v1/evaluations), or give the plain record, which is taken as it stands`,
    );
  } finally {
    await proofs.close();
  }
}

const offline = async (): Promise<never> => {
  throw new Problem('fetch-refused', 'nothing is fetched here');
};
