import type { Json } from '#kernel';
import type { ContextLoader } from '../contexts.ts';
import type { Digest } from '../keys.ts';
import type { VerifyingCanonicalizer } from './canonicalize.ts';
import { rdfc } from './rdfc.ts';

/**
 * Everything on the calling thread, at factor 2: for a program that has no other thread, and whose time is its own. The counts of
 * members, of statements and of digests bound it as everywhere; no clock does.
 */
export function createCanonicalizerHere({ documentLoader }: ContextLoader): VerifyingCanonicalizer {
  return {
    canonicalize: (document: Json, digest: Digest = 'sha256') => rdfc(document, documentLoader, 2, digest),
    close: async () => undefined,
  };
}
