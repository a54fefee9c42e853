import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTree, evaluate, type RuleNode } from '#pathways';
import { holdingArb, inputArb } from './random.ts';

const NUM_RUNS = 250;

/** Kinds that read the whole wallet against the learner (A5). */
const isMonotone = (node: RuleNode): boolean =>
  node.kind !== 'not' &&
  !(node.kind === 'resultThreshold' && node.mode === 'average' && node.basis === 'matched') &&
  (!('children' in node) || node.children.every(isMonotone));

describe('evaluation, for any pathway and holdings', () => {
  it('does not depend on their order, and is the same text twice', () => {
    const shuffled = inputArb(7).chain((input) =>
      fc.tuple(fc.constant(input), fc.shuffledSubarray([...input.holdings], { minLength: input.holdings.length })),
    );
    fc.assert(
      fc.property(shuffled, ([input, holdings]) => {
        const once = JSON.stringify(evaluate(input));
        expect(JSON.stringify(evaluate({ ...structuredClone(input), holdings }))).toBe(once);
        expect(JSON.stringify(evaluate({ ...input, holdings: [...holdings, ...input.holdings] }))).toBe(once);
      }),
      { numRuns: NUM_RUNS },
    );
  });

  it('never uses a credential or an award twice, nor one that does not count', () => {
    fc.assert(
      fc.property(inputArb(7), (input) => {
        const { placements, surplus, notCountable } = evaluate(input);
        const held = placements.map(({ holding }) => input.holdings.find(({ id }) => id === holding)!);
        expect(new Set(held.map(({ id }) => id)).size).toBe(held.length);
        expect(new Set(held.map(({ awardId }) => awardId)).size).toBe(held.length);
        for (const { state, completion, awarded } of held) {
          expect([state, completion, awarded <= input.date]).toEqual(['active', 'completed', true]);
        }
        const lists = [...placements, ...surplus, ...notCountable].map(({ holding }) => holding);
        expect(new Set(lists).size).toBe(lists.length);
        for (const { reasons } of [...surplus, ...notCountable]) expect(reasons).not.toEqual([]);
      }),
      { numRuns: NUM_RUNS },
    );
  });

  it('says what is open exactly when something is', () => {
    fc.assert(
      fc.property(inputArb(7), (input) => {
        const result = evaluate(input);
        expect(result.outstanding === 0).toBe(result.state === 'met');
        expect(result.missing.length > 0).toBe(result.state !== 'met');
        expect(result.nodes[0]!.state).toBe(result.state);
        expect(result.waitingFor.length > 0 || result.state !== 'pending').toBe(true);
        expect(result.nodes.map(({ id }) => id)).toEqual(result.nodes.map((_, index) => `n${index}`));
      }),
      { numRuns: NUM_RUNS },
    );
  });

  it('a further credential never turns met into anything else, where no rule reads the wallet', () => {
    fc.assert(
      fc.property(inputArb(6), holdingArb(99), (input, more) => {
        fc.pre(isMonotone(input.pathway.root));
        if (evaluate(input).state !== 'met') return;
        expect(evaluate({ ...input, holdings: [...input.holdings, more] }).state).toBe('met');
      }),
      { numRuns: NUM_RUNS },
    );
  });

  it('with a decision unknown never says the opposite of what it would say with it', () => {
    fc.assert(
      fc.property(inputArb(6), fc.nat(2), (input, at) => {
        const { decisions = [] } = input;
        const unknownDecisions = [decisions[at]!.id];
        const known = evaluate(input).state;
        const unknown = evaluate({ ...input, decisions: decisions.toSpliced(at, 1), unknownDecisions }).state;
        const certain = ['met', 'unmet'];
        if (certain.includes(known) && certain.includes(unknown)) expect(unknown).toBe(known);
      }),
      { numRuns: 2 * NUM_RUNS },
    );
  });

  it('never rests a pass on credit that was only stated', () => {
    fc.assert(
      fc.property(inputArb(6), ({ carried = {}, ...input }) => {
        const without = evaluate(input).state;
        const stated = evaluate({ ...input, carriedStated: carried });
        if (stated.state === 'met') expect(without).toBe('met');
        if (stated.state === 'pending') expect(stated.waitingFor).not.toEqual([]);
        if (stated.state === 'unmet') expect(evaluate({ ...input, carried }).state).not.toBe('met');
      }),
      { numRuns: NUM_RUNS },
    );
  });

  it('is of trees that are mostly saved as they are', () => {
    const trees = fc.sample(inputArb(0), { numRuns: 200, seed: 1 }).map(({ pathway }) => pathway.root);
    const fine = trees.filter((root) => checkTree(root as never).length === 0);
    expect(fine.length).toBeGreaterThan(60);
  });
});
