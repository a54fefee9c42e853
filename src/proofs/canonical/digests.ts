import { hash } from 'node:crypto';
import type { MessageDigest } from 'rdf-canonize';
import { LIMITS } from '#kernel';
import type { Digest } from '../keys.ts';
import { CanonicalizationError } from './outcome.ts';

/**
 * The digests of one run of RDFC-1.0, and a count of them. Every step of the deep comparison makes one at least, so that the
 * count bounds the work of a run whatever its graph looks like, at the same place on every machine and under any load; the
 * library's own limit counts runs of the comparison, which grow with the graph.
 * @returns what makes a digest; it throws CanonicalizationError `work_limit` when there were too many
 */
export function countedDigests(digest: Digest, most: number = LIMITS.canonicalizeDigests): () => MessageDigest {
  let left = most;
  return () => {
    if (left-- === 0) {
      throw new CanonicalizationError('work_limit', 'canonicalisation needs more work than is allowed');
    }
    // Joined first: one call for a few short texts costs a quarter of a hash object. No text ends within a character.
    let text = '';
    return {
      update: (part) => {
        text += part;
      },
      digest: () => hash(digest, text, 'hex'),
    };
  };
}
