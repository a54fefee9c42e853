import { isObject, type Json, type JsonObject } from '#kernel';
import type { VerifyingCanonicalizer } from '../canonical/canonicalize.ts';
import { type ContextProfile, profileOf } from '../context-policy.ts';
import type { ContextLoader } from '../contexts.ts';
import type { Finding } from '../finding.ts';
import { canonicalFinding, contextFinding } from '../readable.ts';
import { isEnvelope } from './envelope.ts';

/**
 * A token needs no canonical form for its signature, and its members are read as terms all the same: what no context
 * defines has no meaning (VC-JOSE-COSE 3.1.1, VCDM 2.0 5.2.1). So the rules for contexts and the safe mode of proofs hold.
 */
export function tokenContextFinding(
  document: JsonObject,
  profile: ContextProfile | undefined,
  loader: ContextLoader,
): Finding | undefined {
  return contextFinding(readableForm(document), profile ?? profileOf(document), loader);
}

/** Whether every term has a meaning: expansion and canonicalisation in safe mode, within the budget of any proof. */
export async function termFinding(
  document: JsonObject,
  canonicalizer: VerifyingCanonicalizer,
): Promise<Finding | undefined> {
  const readable = readableForm(document);
  // The credentials of a presentation are verified one by one.
  if (profileOf(document) === 'presentation') delete readable.verifiableCredential;
  try {
    await canonicalizer.canonicalize(readable);
    return undefined;
  } catch (error) {
    return canonicalFinding(error);
  }
}

/**
 * The document as JSON-LD: without its proofs, which are graphs of their own; without `endorsementJwt`, which Open Badges
 * defines and its published context does not; without envelopes and tokens among the members of a presentation.
 */
export function readableForm(document: JsonObject): JsonObject {
  const { proof: _proof, ...unsecured } = withoutEndorsementJwt(document) as JsonObject;
  if (profileOf(document) !== 'presentation') return unsecured;
  const { verifiableCredential: members = [], ...outer } = unsecured;
  const read = (Array.isArray(members) ? members : [members]).filter(
    (one) => typeof one !== 'string' && !(isObject(one) && isEnvelope(one)),
  );
  return { ...outer, verifiableCredential: read };
}

function withoutEndorsementJwt(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutEndorsementJwt);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !(key === 'endorsementJwt' && isListOfTexts(member)))
      .map(([key, member]) => [key, withoutEndorsementJwt(member)]),
  );
}

const isListOfTexts = (value: Json): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');
