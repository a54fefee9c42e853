import { type FieldError, isObject, type Json, type JsonObject, Problem, refuseBadFields } from '#kernel';
import { checkDecisions, type EquivalenceDecision } from '#pathways';

export interface ReadDecisions {
  decisions: EquivalenceDecision[];
  /** How many of them were signed documents. */
  signed: number;
}

/**
 * Decisions from a file: plain records, taken as given, and signed documents, which are only taken when their signature
 * holds; also one such document by itself, as its address answers it.
 * @throws Problem `invalid-request` with the pointer of every bad one
 */
export async function readDecisions(json: Json): Promise<ReadDecisions> {
  if (isSigned(json)) return { decisions: [await verified(json, '')], signed: 1 };
  const items = Array.isArray(json) ? json : [];
  const isOfSigned = ({ pointer }: FieldError) => isSigned(items[Number(pointer.split('/')[1])] ?? null);
  const errors = checkDecisions(json).filter((error) => !isOfSigned(error));
  const decisions: EquivalenceDecision[] = [];
  for (const [index, item] of items.entries()) {
    if (!isSigned(item)) decisions.push(item as unknown as EquivalenceDecision);
    else {
      const found = await verified(item, `/${index}`).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        errors.push(...error.errors);
      });
      if (found) decisions.push(found);
    }
  }
  refuseBadFields(errors);
  return { decisions, signed: items.filter(isSigned).length };
}

const isSigned = (json: Json): json is JsonObject => isObject(json) && 'credentialSubject' in json;

/** Proofs and contexts are only loaded where something is signed. */
async function verified(document: JsonObject, pointer: string): Promise<EquivalenceDecision> {
  const { verifiedDecision } = await import('./signed-decision.ts');
  return verifiedDecision(document, pointer);
}
