import { isObject, type Json, type JsonObject } from '#kernel';
import type { Digest } from '../keys.ts';
import type { VerifyingCanonicalizer } from './canonicalize.ts';
import type { Shape } from './compiled/index.ts';
import type { CompiledForm } from './compiled-forms.ts';
import type { KnownStructure } from './plans.ts';

/** Of what a form is: plans of the one never serve the other. */
export type Part = 'document' | 'proof';

/** Canonical forms of one document and its proofs: each made at most once, and only when some proof needs it. */
export interface Forms {
  /** What is known of the structure of a document that a plan has a form of; that is then the one by this name. */
  structure(name: string, document: JsonObject): Promise<KnownStructure | undefined>;
  of(part: Part, name: string, input: () => Json, digest: Digest): Promise<string>;
  /** A signature over the forms so far is valid: only then is there something to be learnt of them. */
  accepted(owner: string): void;
}

const keyOf = (part: Part, name: string, digest: Digest): string => `${digest} ${part} ${name}`;

export function createForms(canonicalizer: VerifyingCanonicalizer): Forms {
  const made = new Map<string, Promise<string>>();
  const tried = new Map<Json, CompiledForm>();
  let unknown: { part: Part; shape: Shape; document: JsonObject }[] = [];

  async function make(part: Part, document: Json, digest: Digest): Promise<string> {
    const plans = canonicalizer.plans?.[part];
    if (!plans || digest !== 'sha256' || !isObject(document)) return canonicalizer.canonicalize(document, digest);
    const found = tried.get(document) ?? (await plans.form(document));
    if ('nquads' in found && found.nquads !== undefined) return found.nquads;
    const nquads = await canonicalizer.canonicalize(document, digest);
    if ('shape' in found && found.shape) unknown.push({ part, shape: found.shape, document });
    return nquads;
  }

  return {
    async structure(name, document) {
      const found = await canonicalizer.plans?.document.form(document);
      if (found === undefined) return undefined;
      tried.set(document, found);
      if (!('structure' in found)) return undefined;
      made.set(keyOf('document', name, 'sha256'), Promise.resolve(found.nquads));
      return found.structure;
    },
    of(part, name, input, digest) {
      const key = keyOf(part, name, digest);
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
