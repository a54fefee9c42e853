import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { isObject, type Json, type JsonObject } from '#kernel';
import {
  CanonicalizationError,
  canonicalize,
  createContextLoader,
  createProofChecker,
  createProofMaker,
  createVerifyingCanonicalizer,
  nestedRepetition,
} from '#proofs';
import { createBoundedCanonicalizer } from '../../src/proofs/canonical/bounded.ts';
import { countedDigests } from '../../src/proofs/canonical/digests.ts';
import {
  CREATED,
  goldenBadge,
  ISSUER,
  resolverOf,
  TEST_PH_CONTEXT,
  TEST_PH_URL,
  testKey,
} from '../support/golden-badge.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const verifying = createVerifyingCanonicalizer(loader);
const maker = createProofMaker({ loader });
const checker = createProofChecker({ loader, canonicalizer: verifying });
const { signer, method } = testKey(1);
const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
afterAll(() => checker.close());

const P = 'urn:example:p';
const node = (index: number, to: number[]): JsonObject => ({
  '@id': `_:n${index}`,
  [P]: to.map((other) => ({ '@id': `_:n${other}` })),
});
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const clique = (count: number): Json =>
  range(count).map((i) =>
    node(
      i,
      range(count).filter((j) => j !== i),
    ),
  );
const ring = (count: number): Json => range(count).map((i) => node(i, [(i + 1) % count]));
const tree = (depth: number, fan: number): JsonObject =>
  depth === 0 ? { 'urn:example:leaf': 'x' } : { [P]: range(fan).map(() => tree(depth - 1, fan)) };
const nestedGraphs = (count: number): Json =>
  range(count).map((i) => ({ '@id': `_:g${i}`, '@graph': [node(0, [1]), node(1, [i % 3])] }));

/** The canonical form, or the code; and the longest time this thread could not answer anything else. */
async function outcome(document: Json): Promise<{ code: string; lag: number; took: number }> {
  let [lag, last] = [0, performance.now()];
  const timer = setInterval(() => {
    lag = Math.max(lag, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  const start = performance.now();
  const code = await verifying.canonicalize(document).then(
    () => 'done',
    (error: unknown) => (error instanceof CanonicalizationError ? error.code : String(error)),
  );
  const took = performance.now() - start;
  clearInterval(timer);
  return { code, lag: Math.max(lag, performance.now() - last - 5), took };
}

describe('JL-7 poison graphs stop in the budget', () => {
  it.each([
    ['complete graphs 5 to 30', range(26).map((i) => clique(i + 5)), 'work_limit'],
    ['complete graphs beyond', [clique(50), clique(70)], 'work_limit'],
    ['rings within the node budget', [50, 100, 200].map(ring), undefined],
    ['rings over the node budget', [201, 400, 1000].map(ring), 'work_limit'],
    ['equal trees, depth 3 to 7', [3, 4, 5, 6, 7].map((depth) => tree(depth, 2)), 'work_limit'],
    ['equal trees, fan-out 3 to 10', [3, 4, 6, 8, 10].map((fan) => tree(3, fan)), 'work_limit'],
    ['datasets of graphs', [4, 16, 60].map(nestedGraphs), undefined],
  ])('%s', async (name, documents, code) => {
    let [slowest, worstLag] = [0, 0];
    for (const document of documents) {
      const result = await outcome(document as Json);
      if (code === undefined) expect(['done', 'work_limit']).toContain(result.code);
      else expect(result.code).toBe(code);
      slowest = Math.max(slowest, result.took);
      worstLag = Math.max(worstLag, result.lag);
    }
    console.log(
      `JL-7 ${name}: slowest ${slowest.toFixed(0)} ms, this thread blocked ${worstLag.toFixed(0)} ms at most`,
    );
  });

  it('flat trees are accepted, deep ones named', async () => {
    expect((await outcome(tree(1, 10))).code).toBe('done');
    expect((await outcome(tree(2, 2))).code).toBe('done');
    expect(nestedRepetition(tree(3, 2))).toBe(`/${P}/0`);
    expect(nestedRepetition(tree(2, 6))).toBeUndefined();
  });

  it('budgets of size: quads, members, depth', async () => {
    const many = { '@id': 'urn:x', [P]: range(5001).map((i) => `v${i}`) };
    expect((await outcome(many)).code).toBe('work_limit');
    expect((await outcome({ '@id': 'urn:x', [P]: range(10_001).map((i) => `v${i}`) })).code).toBe('work_limit');
    let deep: JsonObject = { [P]: 'x' };
    for (const _ of range(10_000)) deep = { [P]: deep };
    expect((await outcome(deep)).code).toBe('work_limit');
  });

  it('a thread over its time is killed and the next document is served', async () => {
    const hasty = createBoundedCanonicalizer(loader.source, 0);
    await expect(hasty.run(ring(150))).rejects.toMatchObject({ code: 'work_limit' });
    await hasty.close();
    const bounded = createBoundedCanonicalizer(loader.source, 250);
    const large = { '@id': 'urn:x', [P]: range(4000).map((i) => ({ '@id': `_:n${i % 190}`, [`${P}${i}`]: 'x' })) };
    await bounded.run(large).catch((error: unknown) => expect(error).toMatchObject({ code: 'work_limit' }));
    expect(await bounded.run({ '@id': 'urn:x', [P]: 'y' })).toBe('<urn:x> <urn:example:p> "y" .\n');
    await bounded.close();
    await expect(bounded.run({ '@id': 'urn:x', [P]: 'y' })).rejects.toMatchObject({ code: 'work_limit' });
  });

  it('a graph stops itself, at the same place whatever the load, and the thread lives on', async () => {
    const bounded = createBoundedCanonicalizer(loader.source);
    for (const document of [clique(17), clique(24), clique(30), ring(100), ring(150), ring(200)]) {
      await expect(bounded.run(document)).rejects.toThrow('canonicalisation needs more work than is allowed');
    }
    expect((await bounded.run(ring(50))).split('\n')).toHaveLength(51);
    await bounded.close();
  });

  it('too many digests are refused, and not before', () => {
    const make = countedDigests('sha256', 2);
    const digest = make();
    for (const part of ['_:a ', 'ñ', '']) digest.update(part);
    expect(digest.digest()).toBe(createHash('sha256').update('_:a ñ').digest('hex'));
    make();
    expect(make).toThrow(CanonicalizationError);
  });

  it('too many waiting documents are turned away', async () => {
    const bounded = createBoundedCanonicalizer(loader.source);
    const all = await Promise.allSettled(range(80).map(() => bounded.run({ '@id': 'urn:x', [P]: 'y' })));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(64);
    await bounded.close();
  });

  it('the thread gives the same form as this one, at every factor that succeeds', async () => {
    const bounded = createBoundedCanonicalizer(loader.source);
    const badge = goldenBadge();
    expect(await bounded.run(badge)).toBe(await canonicalize(loader, badge));
    await expect(bounded.run({ ...badge, unknownTerm: 'x' })).rejects.toMatchObject({ code: 'dropped_term' });
    await expect(bounded.run({ ...badge, '@context': ['https://x.example/'] })).rejects.toMatchObject({
      code: 'unsupported_context',
    });
    await bounded.close();
  });

  it('a signed badge with a poison part is unknown, never a pass and never a fail', async () => {
    const badge = goldenBadge();
    const rubric = { type: ['Evidence'], name: 'e' };
    badge.evidence = range(201).map(() => rubric);
    const signed = await maker.sign(goldenBadge(), signer, CREATED);
    const report = await checker.verify({ ...badge, proof: signed.proof! }, expected, resolverOf(method));
    expect(report).toMatchObject({ outcome: 'unknown', code: 'work_limit' });
  });
});

describe('JL-8 honest repetition', () => {
  const withAchievement = (more: JsonObject): JsonObject => {
    const badge = goldenBadge();
    const subject = badge.credentialSubject;
    if (isObject(subject!) && isObject(subject.achievement!)) Object.assign(subject.achievement, more);
    return badge;
  };

  it('50 equal alignments and 30 equal evidence items are signed and verified', async () => {
    const alignment = { type: ['Alignment'], targetName: 'Unit', targetUrl: 'https://framework.example.ph/units/1' };
    const badge = withAchievement({ alignment: range(50).map(() => alignment) });
    badge.evidence = range(30).map(() => ({ type: ['Evidence'], name: 'Photographs' }));
    const signed = await maker.sign(badge, signer, CREATED);
    expect((await checker.verify(signed, expected, resolverOf(method))).outcome).toBe('pass');
  });

  it('nested repetition names the node to give an id', async () => {
    const alignment = { type: ['Alignment'], targetName: 'x', targetUrl: 'urn:x' };
    const level = { type: ['RubricCriterionLevel'], name: 'x', alignment: range(2).map(() => alignment) };
    const described = { type: ['ResultDescription'], name: 'x', rubricCriterionLevel: range(2).map(() => level) };
    const badge = withAchievement({ resultDescription: range(2).map(() => described) });
    await expect(maker.sign(badge, signer, CREATED)).rejects.toMatchObject({
      kind: 'lint-failed',
      errors: [{ pointer: '/credentialSubject/achievement/resultDescription/0', code: 'work_limit' }],
    });
  });
});
