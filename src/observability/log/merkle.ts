import { hash } from 'node:crypto';

/** Bytes of a node: SHA-256. */
export const HASH_BYTES = 32;

/** The root of the tree without leaves: SHA-256 of nothing (RFC 9162 2.1.1). */
export const EMPTY_ROOT: Uint8Array = sha256(Buffer.alloc(0));

/** A half-open range of leaves, counted from 0. */
export type Range = readonly [start: number, end: number];

/** RFC 9162 2.1.1: the prefix keeps a leaf from ever being taken for a node. */
export function leafHash(data: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([Uint8Array.of(0), data]));
}

/** RFC 9162 2.1.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([Uint8Array.of(1), left, right]));
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === HASH_BYTES && Buffer.compare(a, b) === 0;
}

/** The largest power of two smaller than `size` (RFC 9162 2.1.1, `k`). @param size at least 2 */
export function splitPoint(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

/**
 * A Merkle tree that grows at the right and keeps only the roots of its complete subtrees: at most one for each bit of its
 * size. Its root is that of RFC 9162 2.1.1 for the same leaves.
 */
export class CompactRange {
  #size = 0;
  /** Complete subtrees from left to right; levels strictly fall. */
  readonly #nodes: { level: number; hash: Uint8Array }[] = [];

  /** Leaves so far. */
  get size(): number {
    return this.#size;
  }

  /**
   * Adds a leaf hash, or the root of a complete subtree of 2^level leaves.
   * @throws RangeError when a subtree would not stand on a multiple of its own size
   */
  append(hash: Uint8Array, level = 0): void {
    const leaves = 2 ** level;
    if (this.#size % leaves !== 0) throw new RangeError(`a subtree of ${leaves} leaves cannot begin at ${this.#size}`);
    this.#size += leaves;
    let node = { level, hash };
    for (let left = this.#nodes.at(-1); left?.level === node.level; left = this.#nodes.at(-1)) {
      this.#nodes.pop();
      node = { level: node.level + 1, hash: nodeHash(left.hash, node.hash) };
    }
    this.#nodes.push(node);
  }

  root(): Uint8Array {
    const last = this.#nodes.at(-1);
    if (!last) return EMPTY_ROOT;
    return this.#nodes.slice(0, -1).reduceRight((right, { hash }) => nodeHash(hash, right), last.hash);
  }
}

function sha256(data: Uint8Array): Uint8Array {
  return hash('sha256', data, 'buffer');
}
