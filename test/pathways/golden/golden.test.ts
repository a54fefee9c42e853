import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type EvaluationInput, evaluate } from '#pathways';
import { digestOf, FILE } from './record.ts';

const stored = readFileSync(FILE, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { input: EvaluationInput; sha256: string });

describe('decisions stored by an earlier release (PW-5)', () => {
  it('come out the same', () => {
    expect(stored.filter(({ input, sha256 }) => digestOf(input) !== sha256)).toEqual([]);
  });

  it('are of every outcome and most kinds of rule', () => {
    expect(new Set(stored.map(({ input }) => evaluate(input).state))).toEqual(new Set(['met', 'unmet', 'pending']));
    const kinds = new Set(JSON.stringify(stored).match(/"kind":"\w+"/g));
    expect(kinds.size).toBeGreaterThan(20);
  });

  it('would show a change', () => {
    const [{ input }] = stored.filter(({ input: one }) => one.holdings.length > 0) as [(typeof stored)[number]];
    const later = { ...input, holdings: input.holdings.map((one) => ({ ...one, state: 'revoked' as const })) };
    expect(digestOf(later)).not.toBe(digestOf(input));
  });
});
