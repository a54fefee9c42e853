import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CompactRange,
  consistencyRanges,
  EMPTY_ROOT,
  inclusionRanges,
  leafHash,
  verifyConsistency,
  verifyInclusion,
} from '#observability';
import { CT_CONSISTENCY, CT_INCLUSION, CT_LEAVES, CT_ROOTS, mth } from './support/merkle-reference.ts';

const SIZES = 130;
const leaves = Array.from({ length: SIZES }, (_, n) => Buffer.from(`leaf ${n}`));
const roots = Array.from({ length: SIZES + 1 }, (_, n) => mth(leaves.slice(0, n)));
const known = new Map<number, Uint8Array>();
/** The reference root of a range of leaves, computed once. */
const rootOf = ([from, to]: readonly [number, number]): Uint8Array => {
  const root = known.get(from * 1_000 + to) ?? mth(leaves.slice(from, to));
  known.set(from * 1_000 + to, root);
  return root;
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => Buffer.from(text, 'hex');

describe('published vectors', () => {
  it('tree heads of 0 to 8 leaves', () => {
    const range = new CompactRange();
    expect(hex(range.root())).toBe(CT_ROOTS[0]);
    CT_LEAVES.forEach((leaf, at) => {
      range.append(leafHash(leaf));
      expect(hex(range.root())).toBe(CT_ROOTS[at + 1]);
    });
    expect(hex(EMPTY_ROOT)).toBe(CT_ROOTS[0]);
  });

  it.each(CT_INCLUSION)('inclusion of %i in %i', (index, size, path) => {
    expect(inclusionRanges(index, size).map(([from, to]) => hex(mth(CT_LEAVES.slice(from, to))))).toEqual(path);
    const leaf = leafHash(CT_LEAVES[index]!);
    expect(verifyInclusion({ index, size, leaf, root: bytes(CT_ROOTS[size]!) }, path.map(bytes))).toBe(true);
  });

  it.each(CT_CONSISTENCY)('consistency of %i with %i', (from, to, path) => {
    expect(consistencyRanges(from, to).map(([a, b]) => hex(mth(CT_LEAVES.slice(a, b))))).toEqual(path);
    const heads = { from, to, fromRoot: bytes(CT_ROOTS[from]!), toRoot: bytes(CT_ROOTS[to]!) };
    expect(verifyConsistency(heads, path.map(bytes))).toBe(true);
  });
});

describe(`every size up to ${SIZES}, against the recursive definition`, () => {
  it('tree heads, leaf by leaf and with subtrees put in whole', () => {
    for (let size = 0; size <= SIZES; size++) {
      const [single, mixed] = [new CompactRange(), new CompactRange()];
      for (const leaf of leaves.slice(0, size)) single.append(leafHash(leaf));
      let at = 0;
      for (; at + 16 <= size; at += 16) mixed.append(mth(leaves.slice(at, at + 16)), 4);
      for (; at < size; at++) mixed.append(leafHash(leaves[at]!));
      expect([hex(single.root()), hex(mixed.root()), single.size]).toEqual([
        hex(roots[size]!),
        hex(roots[size]!),
        size,
      ]);
    }
  });

  it('inclusion of every leaf, and of no other leaf, place or size', () => {
    for (let size = 1; size <= SIZES; size++) {
      for (let index = 0; index < size; index++) {
        const proof = inclusionRanges(index, size).map(rootOf);
        const claim = { index, size, leaf: leafHash(leaves[index]!), root: roots[size]! };
        if (!verifyInclusion(claim, proof)) expect.fail(`${index} of ${size}`);
        const lies = [
          { ...claim, leaf: leafHash(leaves[(index + 1) % SIZES]!) },
          { ...claim, root: roots[size - 1]! },
          { ...claim, index: index ^ 1 },
        ];
        for (const lie of lies) if (verifyInclusion(lie, proof)) expect.fail(`${index} of ${size} as a lie`);
      }
    }
  });

  it('consistency of every pair, and of no other root', () => {
    for (let to = 1; to <= SIZES; to++) {
      for (let from = 1; from <= to; from++) {
        const proof = consistencyRanges(from, to).map(rootOf);
        const claim = { from, to, fromRoot: roots[from]!, toRoot: roots[to]! };
        if (!verifyConsistency(claim, proof)) expect.fail(`${from} to ${to}`);
        if (verifyConsistency({ ...claim, fromRoot: roots[from - 1]! }, proof)) expect.fail(`${from} to ${to}: root`);
        if (verifyConsistency({ ...claim, toRoot: roots[to - 1]! }, proof)) expect.fail(`${from} to ${to}: new root`);
      }
    }
  });
});

it('no proof survives a changed bit, a missing, doubled, moved or added hash', () => {
  const size = fc.integer({ min: 2, max: SIZES });
  let tried = 0;
  fc.assert(
    fc.property(size, size, fc.nat(), fc.constantFrom('bit', 'drop', 'double', 'swap', 'add'), (x, y, n, change) => {
      const [from, to] = [Math.min(x, y), Math.max(x, y)];
      const index = n % from;
      const claims: [(proof: Uint8Array[]) => boolean, Uint8Array[]][] = [
        [
          (proof) => verifyInclusion({ index, size: to, leaf: leafHash(leaves[index]!), root: roots[to]! }, proof),
          inclusionRanges(index, to).map(rootOf),
        ],
        [
          (proof) => verifyConsistency({ from, to, fromRoot: roots[from]!, toRoot: roots[to]! }, proof),
          consistencyRanges(from, to).map(rootOf),
        ],
      ];
      for (const [verify, proof] of claims) {
        expect(verify(proof)).toBe(true);
        const at = proof.length === 0 ? 0 : n % proof.length;
        if (change !== 'add' && proof.length < 2) continue;
        const next = (at + 1) % proof.length;
        const changed = {
          bit: () =>
            proof.with(
              at,
              Uint8Array.from(proof[at]!, (byte, i) => (i === n % 32 ? byte ^ 1 : byte)),
            ),
          drop: () => proof.toSpliced(at, 1),
          double: () => proof.toSpliced(at, 0, proof[at]!),
          swap: () => proof.with(at, proof[next]!).with(next, proof[at]!),
          add: () => [...proof, roots[n % SIZES]!],
        }[change]();
        expect(verify(changed)).toBe(false);
        tried++;
      }
    }),
    { numRuns: 1_000 },
  );
  expect(tried).toBeGreaterThan(1_000);
});

it('refuses what is no position, and subtrees that do not fit', () => {
  for (const [index, size] of [
    [1, 1],
    [-1, 3],
    [0, 0],
    [0.5, 2],
    [Number.NaN, 2],
  ]) {
    expect(() => inclusionRanges(index!, size!)).toThrow(RangeError);
    expect(verifyInclusion({ index: index!, size: size!, leaf: roots[1]!, root: roots[1]! }, [])).toBe(false);
  }
  for (const [from, to] of [
    [0, 1],
    [2, 1],
    [-1, 1],
    [1.5, 2],
  ]) {
    expect(() => consistencyRanges(from!, to!)).toThrow(RangeError);
    expect(verifyConsistency({ from: from!, to: to!, fromRoot: EMPTY_ROOT, toRoot: roots[1]! }, [])).toBe(false);
  }
  const range = new CompactRange();
  range.append(roots[1]!);
  expect(() => range.append(roots[2]!, 1)).toThrow(RangeError);
});
