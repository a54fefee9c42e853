import { isObject, type Json, type JsonObject } from '#kernel';
import { asCanonicalizationError } from './canonical/outcome.ts';
import { type ContextProfile, contextProblems, NOT_READ, profileOf } from './context-policy.ts';
import type { ContextLoader } from './contexts.ts';
import { type Finding, fail, unknown } from './finding.ts';
import { assertNoProto } from './harden.ts';

/** What is wrong with members and contexts, before the JSON-LD library sees the document. */
export function contextFinding(
  document: JsonObject,
  profile: ContextProfile | undefined,
  loader: ContextLoader,
): Finding | undefined {
  try {
    assertNoProto(document);
  } catch (error) {
    if (error instanceof RangeError) return unknown('work_limit', 'the document is nested too deeply');
    return fail('forbidden_member', error instanceof Error ? error.message : 'not allowed');
  }
  const problems = contextProblems(document, profile ?? profileOf(document), loader);
  const worst = problems.find(({ code }) => !NOT_READ.has(code)) ?? problems[0];
  if (!worst) return undefined;
  return (NOT_READ.has(worst.code) ? unknown : fail)(worst.code, `${worst.pointer}: ${worst.detail}`);
}

/**
 * Whether `contextFinding` has nothing to say of a proof, whatever document it stands in: a single one of plain texts, as
 * nearly all are. False says only that it must look.
 */
export function isPlainProof(proof: Json | undefined): boolean {
  if (!isObject(proof) || proof.type !== 'DataIntegrityProof') return false;
  for (const name of Object.keys(proof)) {
    const value = proof[name]!;
    if (!/^[a-zA-Z]+$/.test(name) || typeof value !== 'string') return false;
    if (value.startsWith('_:') || value === '__proto__' || !value.isWellFormed()) return false;
  }
  return true;
}

/** Why there is no canonical form, from whatever was thrown: a limit or a context of ours says nothing of the document. */
export function canonicalFinding(error: unknown): Finding {
  const { code, message } = asCanonicalizationError(error);
  return code === 'work_limit' || code === 'unsupported_context' ? unknown(code, message) : fail(code, message);
}
