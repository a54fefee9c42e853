import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Grant, type Judgement, scopeContains, scopeMismatch } from '#accreditation';
import { SCHOOL, shift } from './support/build.ts';
import {
  answerOf,
  anyGrant,
  type Chains,
  chains,
  facts,
  grantsMatched,
  instant,
  narrowed,
  runs,
  scopeItem,
  someEvents,
  someSuccessions,
  TWO_ANCHORS,
} from './support/chains.ts';

const isYes = (of: Chains) => answerOf(of).matched.length > 0;
const replaced = (of: Chains, at: number, change: (one: Grant) => Grant): Chains => ({
  ...of,
  grants: of.grants.map((one, index) => (index === at % of.grants.length ? change(one) : one)),
});
/** Everything a judgement says, without the function in it. */
const said = ({ matched, rejected, listed }: Judgement) => ({ matched, rejected, listed });

describe('scopes only narrow', () => {
  it('what the inner scope matches, an outer scope that contains it matches', () => {
    let held = 0;
    fc.assert(
      fc.property(scopeItem, scopeItem, fc.boolean(), facts, (outer, other, made, award) => {
        const inner = made ? narrowed(outer, other) : other;
        if (!scopeContains(outer, inner) || scopeMismatch(inner, award)) return;
        held++;
        expect(scopeMismatch(outer, award)).toBeUndefined();
      }),
      runs(0.5),
    );
    expect(held).toBeGreaterThan(100);
  });

  it('contains itself, whatever is inside what it contains, and nothing else is said by one more dimension', () => {
    fc.assert(
      fc.property(scopeItem, scopeItem, scopeItem, facts, (a, b, c, award) => {
        expect(scopeContains(a, a)).toBe(true);
        const [inner, innermost] = [narrowed(a, b), narrowed(narrowed(a, b), c)];
        expect([scopeContains(a, inner), scopeContains(inner, innermost)]).toEqual([true, true]);
        expect(scopeContains(a, innermost)).toBe(true);
        if (scopeMismatch(a, award)) expect(scopeMismatch({ ...b, ...a }, award)).toBeDefined();
      }),
      runs(0.25),
    );
  });
});

describe('chains (generated)', () => {
  it('a limit more never turns a no into a yes', () => {
    let [yes, no] = [0, 0];
    fc.assert(
      fc.property(chains, fc.nat(), scopeItem, instant, fc.nat(3), (of, which, item, end, how) => {
        const before = isYes(of);
        if (before) yes++;
        else no++;
        const changed = replaced(of, which, (one) => {
          if (how === 0) return { ...one, validUntil: one.validUntil && one.validUntil < end ? one.validUntil : end };
          if (how === 1) return { ...one, scope: one.scope.slice(1) };
          if (how === 2) return { ...one, maxDelegationDepth: 0 };
          // Below another link a narrower scope may begin to fit under it; below an anchor it can only lose.
          if (!TWO_ANCHORS.anchors.includes(one.accreditor)) return one;
          return { ...one, scope: one.scope.map((outer) => narrowed(outer, item)) };
        });
        if (!before) expect(isYes(changed)).toBe(false);
      }),
      runs(0.25),
    );
    console.log(`generated chains: ${yes} yes, ${no} no`);
    // Both happen often enough for the properties to mean something.
    expect(Math.min(yes, no)).toBeGreaterThan((yes + no) / 20);
  });

  it('a grant to another party, or one that does not accredit, changes nothing', () => {
    fc.assert(
      fc.property(
        chains,
        anyGrant,
        fc.boolean(),
        fc.constantFrom('list', 'approve', 'endorse'),
        (of, more, other, verb) => {
          const added = other
            ? { ...more, accredited: 'did:web:other-school.example' }
            : { ...more, verb: verb as 'list' };
          expect(grantsMatched({ ...of, grants: [...of.grants, added] })).toEqual(grantsMatched(of));
        },
      ),
      runs(0.2),
    );
  });

  it('listing, approving and endorsing never make a yes, whatever stands above them', () => {
    fc.assert(
      fc.property(chains, fc.constantFrom('list', 'approve', 'endorse'), fc.boolean(), (of, verb, above) => {
        const touched = (one: Grant) => (above ? one.role === 'Accredit' : one.accredited === SCHOOL);
        const grants = of.grants.map((one) => (touched(one) ? { ...one, verb: verb as 'list' } : one));
        const { matched } = answerOf({ ...of, grants });
        // With the delegations taken away only an anchor's own grant is left.
        if (above) for (const { accreditor } of matched) expect(TWO_ANCHORS.anchors).toContain(accreditor);
        else expect(matched).toEqual([]);
      }),
      runs(0.15),
    );
  });

  it('RG-2: what is recorded later changes nothing of what was known before', () => {
    fc.assert(
      fc.property(
        chains.chain((of) =>
          fc.tuple(fc.constant(of), someEvents(of.grants), fc.array(anyGrant, { maxLength: 2 }), someSuccessions),
        ),
        ([of, events, grants, successions]) => {
          const after = shift(of.question.knownAt, 1);
          const later = <T extends { recordedAt: string }>(one: T): T =>
            one.recordedAt > of.question.knownAt ? one : { ...one, recordedAt: after };
          const more = {
            ...of,
            grants: [...of.grants, ...grants.map(later)],
            events: [...of.events, ...events.map(later)],
            successions: [...of.successions, ...successions.map(later)],
          };
          expect(said(answerOf(more))).toEqual(said(answerOf(of)));
        },
      ),
      runs(0.25),
    );
  });

  it('the order of grants, events and registers changes nothing', () => {
    fc.assert(
      fc.property(
        chains.chain((of) => {
          const instants = new Set<string>();
          const distinct = of.events.filter(({ grant, effectiveAt, recordedAt }) => {
            const name = `${grant} ${effectiveAt} ${recordedAt}`;
            return !instants.has(name) && instants.add(name);
          });
          const shuffled = <T>(items: T[]) => fc.shuffledSubarray(items, { minLength: items.length });
          return fc.tuple(fc.constant({ ...of, events: distinct }), shuffled(of.grants), shuffled(distinct));
        }),
        ([of, grants, events]) => {
          expect(grantsMatched({ ...of, grants, events })).toEqual(grantsMatched(of));
        },
      ),
      runs(0.15),
    );
  });
});
