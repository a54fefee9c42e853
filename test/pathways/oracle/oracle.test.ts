// The oracle and its instances hold together; the comparison with the evaluator is run.ts.
import { describe, expect, it } from 'vitest';
import type { RuleNode } from '../../../src/pathways/rule-model.ts';
import { generate } from './generate.ts';
import { oracle } from './oracle.ts';
import { run, stub } from './run.ts';
import { childrenOf } from './tree.ts';

const SEEDS = Array.from({ length: 1500 }, (_, index) => index + 1);

const kinds = (node: RuleNode): string[] => [
  'mode' in node ? `${node.kind} ${node.mode}` : node.kind,
  ...childrenOf(node).flatMap(kinds),
];

describe('random instances', () => {
  it('are the same for the same seed', () => {
    expect(generate(7)).toEqual(generate(7));
  });

  it('show every kind in at least 3 of 100', () => {
    const counts = new Map<string, number>();
    for (const seed of SEEDS) {
      for (const kind of new Set(kinds(generate(seed).pathway.root))) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([
      'accreditedAtAward',
      'allOf',
      'anyOf',
      'assessedOnly',
      'capstone',
      'carryOver',
      'categoryMin',
      'chooseN',
      'conferrer',
      'creditMax',
      'creditMin',
      'currentAt',
      'earnedWithin evaluation',
      'earnedWithin span',
      'equivalence',
      'exitAward',
      'levelFloor',
      'levelShare',
      'nOf',
      'noOverlap any',
      'noOverlap subset',
      'not',
      'perPeriodMin',
      'prerequisite',
      'requireAll',
      'residencyMin',
      'resultThreshold average',
      'resultThreshold each',
      'sequence',
      'shareMax',
      'shareMin',
      'singleUse',
      'supervisionFloor',
      'versionPin',
    ]);
    const rare = [...counts].filter(([kind, count]) => !kind.startsWith('noOverlap') && count < 0.03 * SEEDS.length);
    expect(rare).toEqual([]);
  });

  it('have one answer, in whatever order the holdings come', () => {
    for (const seed of SEEDS.slice(0, 300)) {
      const input = generate(seed);
      expect(oracle({ ...input, holdings: input.holdings.toReversed() }), `seed ${seed}`).toEqual(oracle(input));
    }
  });
});

describe('the comparison', () => {
  it('finds nothing where nothing differs', () => {
    expect(run(1, 200, stub(), () => {})).toEqual({ instances: 200, differences: 0, unproved: 0 });
  });

  it('stops at five differences and prints each with a smaller instance', () => {
    const lines: string[] = [];
    expect(run(1, 200, stub(1), (line) => lines.push(line))).toEqual({ instances: 5, differences: 5, unproved: 0 });
    expect(lines.filter((line) => line.startsWith('seed '))).toHaveLength(5);
    expect(JSON.parse(lines[2]!).holdings).toEqual([]);
  });
});
