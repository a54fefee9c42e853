import { describe, expect, it } from 'vitest';
import { type Json, type JsonObject, systemRandom } from '#kernel';
import { isNotEligible } from '../../../src/proofs/canonical/compiled/index.ts';
import { COUNTEREXAMPLES, type Counterexample } from './counterexamples.ts';
import { type Answer, createEngine, isPortable, reference } from './engine.ts';
import { INDEXED, learningBadge, OPEN } from './extension.ts';

const outcomeOf = (answer: Answer | { notEligible: string }): string =>
  isNotEligible(answer) ? answer.notEligible : 'answers';

function changed({ change }: Pick<Counterexample, 'change'>): JsonObject {
  const badge = learningBadge();
  const evidence = (badge.evidence as JsonObject[])[0]!;
  for (const [name, value] of Object.entries(change)) {
    const [holder, key] = name.startsWith('/') ? [badge, name.slice(1)] : [evidence, name];
    if (value === undefined) delete holder[key];
    else holder[key] = value;
  }
  return badge;
}

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
  it('A20: an index container is not eligible', async () => {
    const chapters = (second: string): JsonObject => ({
      ...learningBadge(),
      '@context': [...(learningBadge()['@context'] as string[]), INDEXED],
      evidence: ['one', 'three'].map((name, index) => ({
        id: `urn:e:${index}`,
        type: ['Evidence'],
        chapters: { [name]: { id: index === 0 ? 'urn:c:1' : second, name: 'chapter' } },
      })),
    });
    expect(await reference(chapters('urn:c:2'))).toBeDefined();
    expect(await reference(chapters('urn:c:1'))).toBeUndefined();
    for (const id of ['urn:c:2', 'urn:c:1']) {
      expect(await createEngine(systemRandom).answer(chapters(id))).toMatchObject({ notEligible: 'S-2' });
    }
  });

  it('A21: a context that defines every term is not eligible', async () => {
    const document = {
      ...learningBadge(),
      '@context': [...(learningBadge()['@context'] as string[]), OPEN],
      nobody: 'x',
    };
    expect(await reference(document)).toBeDefined();
    expect(await createEngine(systemRandom).answer(document)).toMatchObject({ notEligible: 'S-2' });
  });

  it('A23: two evidences with one id are one node, and not answered', async () => {
    const evidence = (id: string): JsonObject => ({ id, type: ['Evidence'], name: id });
    const document = (ids: string[]): JsonObject => ({ ...learningBadge(), evidence: ids.map(evidence) as Json[] });
    const own = createEngine(systemRandom);
    expect(await own.answer(document(['urn:e:1', 'urn:e:2']))).toMatchObject({ cached: false });
    expect(await own.cached(document(['urn:e:1', 'urn:e:1']))).toMatchObject({ notEligible: 'D-1' });
    expect(await own.cached(document(['urn:e:1', 'urn:uuid:a']))).toMatchObject({
      nquads: await reference(document(['urn:e:1', 'urn:uuid:a'])),
    });
  });
});
