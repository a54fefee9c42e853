import { isObject, type Json, type JsonObject } from '#kernel';
import type { Digest } from '../keys.ts';
import type { VerifyingCanonicalizer } from './canonicalize.ts';
import type { Shape } from './compiled/index.ts';

/** Of what a form is: plans of the one never serve the other. */
export type Part = 'document' | 'proof';

/** Canonical forms of one document and its proofs: each made at most once, and only when some proof needs it. */
export interface Forms {
  of(part: Part, name: string, input: () => Json, digest: Digest): Promise<string>;
  /** A signature over the forms so far is valid: only then is there something to be learnt of them. */
  accepted(owner: string): void;
}

export function createForms(canonicalizer: VerifyingCanonicalizer): Forms {
  const made = new Map<string, Promise<string>>();
  let unknown: { part: Part; shape: Shape; document: JsonObject }[] = [];

  async function make(part: Part, document: Json, digest: Digest): Promise<string> {
    const plans = canonicalizer.plans?.[part];
    if (!plans || digest !== 'sha256' || !isObject(document)) return canonicalizer.canonicalize(document, digest);
    const found = await plans.form(document);
    if ('nquads' in found && found.nquads !== undefined) return found.nquads;
    const nquads = await canonicalizer.canonicalize(document, digest);
    if ('shape' in found && found.shape) unknown.push({ part, shape: found.shape, document });
    return nquads;
  }

  return {
    of(part, name, input, digest) {
      const key = `${digest} ${part} ${name}`;
      const known = made.get(key);
      if (known) return known;
      const form = make(part, input(), digest);
      made.set(key, form);
      return form;
    },
    accepted(owner) {
      for (const { part, shape, document } of unknown) canonicalizer.plans?.[part].learn(shape, document, owner);
      unknown = [];
    },
  };
}
