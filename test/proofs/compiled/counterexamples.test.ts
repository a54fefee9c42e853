import { describe, expect, it } from 'vitest';
import { systemRandom } from '#kernel';
import { isNotEligible } from '../../../src/proofs/canonical/compiled/index.ts';
import { COUNTEREXAMPLES, changed, SEQUENCES } from './counterexamples.ts';
import { type Answer, createEngine, isPortable, reference } from './engine.ts';
import { learningBadge, OPEN } from './extension.ts';

const outcomeOf = (answer: Answer | { notEligible: string }): string =>
  isNotEligible(answer) ? answer.notEligible : 'answers';

const engine = createEngine(systemRandom);
await engine.answer(learningBadge());

describe('every known counterexample', () => {
  for (const one of COUNTEREXAMPLES) {
    it(one.id, async () => {
      const document = changed(one);
      const expected = await reference(document);
      const cached = await engine.cached(document);
      // A cache of its own: what another case compiled must not answer.
      const compiled = await createEngine(systemRandom).answer(document);
      const issued = await createEngine(systemRandom).answer(document, 'issue');
      expect({
        reference: expected === undefined ? 'refuses' : 'accepts',
        cached: outcomeOf(cached),
        compiled: outcomeOf(compiled),
        issue: outcomeOf(issued),
      }).toEqual({
        reference: one.reference,
        cached: one.cached,
        compiled: one.compiled,
        issue: one.issue ?? one.compiled,
      });
      for (const answer of [cached, compiled, issued]) {
        if (!isNotEligible(answer)) expect(answer.nquads).toBe(expected);
      }
      if (!isNotEligible(issued)) expect(isPortable(document, issued.nquads)).toBe(true);
    });
  }
});

describe('more than one document', () => {
  for (const { id, first, second, rule } of SEQUENCES) {
    it(id, async () => {
      const own = createEngine(systemRandom);
      await own.answer(first);
      const answer = await own.cached(second);
      expect(outcomeOf(answer)).toBe(rule);
      if (!isNotEligible(answer)) expect(answer.nquads).toBe(await reference(second));
    });
  }

  it('A21: a context that defines every term is not eligible', async () => {
    const document = {
      ...learningBadge(),
      '@context': [...(learningBadge()['@context'] as string[]), OPEN],
      nobody: 'x',
    };
    expect(await reference(document)).toBeDefined();
    expect(await createEngine(systemRandom).answer(document)).toMatchObject({ notEligible: 'S-2' });
  });
});
