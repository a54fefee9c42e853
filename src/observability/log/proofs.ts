import { HASH_BYTES, nodeHash, type Range, sameHash, splitPoint } from './merkle.ts';

/**
 * Which subtrees make up an inclusion proof, from the leaf upwards (RFC 9162 2.1.3.1). Ranges instead of hashes, so that
 * whoever stores the tree decides how to get their roots.
 * @throws RangeError when the tree has no such leaf
 */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new RangeError(`a tree of ${size} has no leaf ${index}`);
  }
  const path = (start: number, end: number): Range[] => {
    if (end - start === 1) return [];
    const middle = start + splitPoint(end - start);
    return index < middle ? [...path(start, middle), [middle, end]] : [...path(middle, end), [start, middle]];
  };
  return path(0, size);
}

/**
 * Which subtrees make up a proof that the tree of `from` leaves is the beginning of the tree of `to` (RFC 9162 2.1.4.1).
 * @throws RangeError unless 1 <= from <= to: everything is consistent with the empty tree, which proves nothing
 */
export function consistencyRanges(from: number, to: number): Range[] {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 1 || from > to) {
    throw new RangeError(`there is no consistency proof from ${from} to ${to}`);
  }
  /** SUBPROOF(from - start, D[start:end], known); `known` while the verifier has the root of this subtree already. */
  const subproof = (start: number, end: number, known: boolean): Range[] => {
    if (from === end) return known ? [] : [[start, end]];
    const middle = start + splitPoint(end - start);
    return from <= middle
      ? [...subproof(start, middle, known), [middle, end]]
      : [...subproof(middle, end, false), [start, middle]];
  };
  return subproof(0, to, true);
}

/** RFC 9162 2.1.3.2: is this leaf hash the one at `index` of the tree of `size` leaves with this root? */
export function verifyInclusion(
  { index, size, leaf, root }: { index: number; size: number; leaf: Uint8Array; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  if (![leaf, ...proof].every(isHash)) return false;
  let [fn, sn, r] = [index, size - 1, leaf];
  for (const p of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      r = nodeHash(p, r);
      // Levels at which this node has no sibling are not in the proof.
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      r = nodeHash(r, p);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && sameHash(r, root);
}

/** RFC 9162 2.1.4.2: is the tree of `from` leaves with `fromRoot` the beginning of the tree of `to` with `toRoot`? */
export function verifyConsistency(
  { from, to, fromRoot, toRoot }: { from: number; to: number; fromRoot: Uint8Array; toRoot: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 1 || from > to) return false;
  if (![fromRoot, toRoot, ...proof].every(isHash)) return false;
  if (from === to) return proof.length === 0 && sameHash(fromRoot, toRoot);
  if (proof.length === 0) return false;
  const [first, ...rest] = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof;
  let [fn, sn, fr, sr] = [from - 1, to - 1, first!, first!];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  for (const c of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      [fr, sr] = [nodeHash(c, fr), nodeHash(c, sr)];
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      sr = nodeHash(sr, c);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && sameHash(fr, fromRoot) && sameHash(sr, toRoot);
}

// Not the bit operators: those would cut numbers at 32 bits.
const isOdd = (value: number): boolean => value % 2 === 1;
const half = (value: number): number => Math.floor(value / 2);
const isPowerOfTwo = (value: number): boolean => value === 1 || splitPoint(value) * 2 === value;
const isHash = (value: Uint8Array): boolean => value.length === HASH_BYTES;
