import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuditEntry,
  CompactRange,
  consistencyRanges,
  ExportFault,
  entryLeaf,
  type Range as LeafRange,
  verifyConsistency,
} from '#observability';
import { chained, checkpointsOf, entries, exported, VKEY, verdictOn } from './support/exported.ts';

/** One beginning, two continuations, both signed with the real key. */
const COMMON = 50;
const one = entries(90);
const two = chained([...one.slice(0, COMMON), ...entries(60, 'other')]);

function rootOf(list: readonly AuditEntry[], [from, to]: LeafRange = [0, list.length]): Uint8Array {
  const tree = new CompactRange();
  for (const { hash } of list.slice(from, to)) tree.append(entryLeaf(hash));
  return tree.root();
}

const proofIn = (list: readonly AuditEntry[], from: number, to: number) =>
  consistencyRanges(from, to).map((range) => rootOf(list, range));

describe('OB-2: two forks of one log', () => {
  it('are both consistent with a checkpoint of what they share, and not with one another', () => {
    for (let from = 1; from <= 90; from++) {
      for (const to of [from, COMMON, 64, 90, 110].filter((size) => size >= from)) {
        const claim = { from, to, fromRoot: rootOf(one, [0, from]), toRoot: rootOf(two, [0, to]) };
        const shared = from <= COMMON;
        expect(verifyConsistency(claim, proofIn(two, from, to)), `${from} ${to}`).toBe(shared);
        if (!shared && to <= 90) expect(verifyConsistency(claim, proofIn(one, from, to))).toBe(false);
      }
    }
  });

  it('cannot be joined by any proof made of parts of both: 3,000 at random', () => {
    let tried = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: COMMON + 1, max: 90 }),
        fc.integer({ min: COMMON + 1, max: 110 }),
        fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
        fc.boolean(),
        (from, to, picks, shorter) => {
          fc.pre(from < to);
          const claim = { from, to, fromRoot: rootOf(one, [0, from]), toRoot: rootOf(two, [0, to]) };
          const ranges = consistencyRanges(from, to);
          const parts = ranges.map((range, at) => rootOf(picks[at] && range[1] <= 90 ? one : two, range));
          expect(verifyConsistency(claim, shorter ? parts.slice(0, -1) : parts)).toBe(false);
          tried++;
        },
      ),
      { numRuns: 3_000, seed: 2 },
    );
    expect(tried).toBe(3_000);
  });

  it('cannot both be verified by who holds a checkpoint of one of them', async () => {
    const files = [one, two].map(async (list) => exported(list, await checkpointsOf(list, [30, 64, list.length])));
    const [first, second] = await Promise.all(files);
    const held = async (list: AuditEntry[], size: number) => [(await checkpointsOf(list, [size])).get(size)!];
    for (const size of [COMMON + 1, 64, 77, 90]) {
      expect(verdictOn(first!, { key: VKEY, held: await held(one, size) })).toMatchObject({ held: 1 });
      expect(verdictOn(second!, { key: VKEY, held: await held(one, size) })).toMatchObject({ code: 'held' });
      expect(verdictOn(first!, { key: VKEY, held: await held(two, size) })).toBeInstanceOf(ExportFault);
    }
    // Two checkpoints that contradict one another lie on no log.
    const both = [...(await held(one, 70)), ...(await held(two, 80))];
    for (const file of [first!, second!])
      expect(verdictOn(file, { key: VKEY, held: both })).toMatchObject({ code: 'held' });
  });
});
