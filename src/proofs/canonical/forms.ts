import type { Json } from '#kernel';
import type { Digest } from '../keys.ts';
import type { VerifyingCanonicalizer } from './canonicalize.ts';

/** Canonical forms of one document and its proofs: each made at most once, and only when some proof needs it. */
export type Forms = (name: string, input: () => Json, digest: Digest) => Promise<string>;

export function createForms(canonicalizer: VerifyingCanonicalizer): Forms {
  const made = new Map<string, Promise<string>>();
  return (name, input, digest) => {
    const key = `${digest} ${name}`;
    const known = made.get(key);
    if (known) return known;
    const form = canonicalizer.canonicalize(input(), digest);
    made.set(key, form);
    return form;
  };
}
