import type { Json } from '#kernel';
import type { ContextLoader } from '../contexts.ts';
import type { Digest } from '../keys.ts';
import { type BoundedCanonicalizer, createBoundedCanonicalizer } from './bounded.ts';
import { CanonicalizationError } from './outcome.ts';
import type { PlanPair } from './plan-sets.ts';
import { assertMembers, rdfc } from './rdfc.ts';

/** Documents up to this many members are expanded on the calling thread (about 20 ms at most). */
const SMALL = 600;

/**
 * Canonical N-Quads at work factor 1, on this thread: what every default verifier can follow. Used for issuing.
 * @throws CanonicalizationError
 */
export function canonicalize(
  loader: Pick<ContextLoader, 'documentLoader'>,
  document: Json,
  digest: Digest = 'sha256',
): Promise<string> {
  return rdfc(document, loader.documentLoader, 1, digest);
}

/** Canonicalises what strangers send. */
export interface VerifyingCanonicalizer {
  /** @throws CanonicalizationError */
  canonicalize(document: Json, digest?: Digest): Promise<string>;
  /** Forms of what was seen before; where one answers, the reference is not asked. */
  plans?: PlanPair;
  close(): Promise<void>;
}

/**
 * Small documents at factor 1 on this thread; everything else, and what factor 1 cannot do, in a thread that is killed
 * after the budget.
 * @param elsewhere small ones in that thread too while it is free: the same forms for less of this thread's time (measured:
 *   a hundredth), and whatever a document does to the library ends with the thread
 */
export function createVerifyingCanonicalizer(
  loader: ContextLoader,
  bounded: BoundedCanonicalizer = createBoundedCanonicalizer(loader.source),
  { elsewhere = false } = {},
): VerifyingCanonicalizer {
  return {
    async canonicalize(document, digest) {
      if (assertMembers(document) > SMALL || (elsewhere && bounded.isFree())) return bounded.run(document, digest);
      try {
        return await canonicalize(loader, document, digest);
      } catch (error) {
        const deep = error instanceof CanonicalizationError && error.code === 'work_limit' && error.pointer === '';
        if (deep) return bounded.run(document, digest);
        throw error;
      }
    },
    close: () => bounded.close(),
  };
}
