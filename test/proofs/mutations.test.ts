import { afterAll, describe, expect, it } from 'vitest';
import { createContextLoader, createProofChecker, createProofMaker } from '#proofs';
import {
  CREATED,
  goldenBadge,
  ISSUER,
  resolverOf,
  TEST_PH_CONTEXT,
  TEST_PH_URL,
  testKey,
} from '../support/golden-badge.ts';
import { mutationsOf, neutralEdits, undefinedTerms } from '../support/mutations.ts';
import { libraryVerify } from './library.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const maker = createProofMaker({ loader });
const checker = createProofChecker({ loader });
const { signer, method } = testKey(1);
const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
const signed = await maker.sign(goldenBadge(), signer, CREATED);
const verify = (document: typeof signed) => checker.verify(document, expected, resolverOf(method));
afterAll(() => checker.close());

describe('JL-1 dropped term', () => {
  it('refuses to sign an undefined member at any object', async () => {
    let count = 0;
    for (const { document, pointer } of undefinedTerms(goldenBadge())) {
      await expect(maker.sign(document, signer, CREATED), pointer).rejects.toMatchObject({
        kind: 'lint-failed',
        errors: [expect.objectContaining({ code: 'dropped_term' })],
      });
      count++;
    }
    expect(count).toBe(12);
  });

  it('refuses to verify an undefined member at any object, the proof included', async () => {
    for (const { document, pointer } of undefinedTerms(signed)) {
      expect(await verify(document), pointer).toMatchObject({ outcome: 'fail', code: 'dropped_term' });
    }
  });
});

describe('JL-2 unsigned leaf', () => {
  it('no edit of any leaf, member or item survives, and the library agrees', async () => {
    let [count, compared] = [0, 0];
    for (const { document, label, pointer } of mutationsOf(signed)) {
      const report = await verify(document);
      expect(report.outcome, `${label} at ${pointer}: ${report.code}`).not.toBe('pass');
      count++;
      // The reference takes five times as long: every third edit is enough to see a difference in kind.
      if (count % 3 === 0) {
        expect(await libraryVerify(loader, document, method), `${label} at ${pointer}`).toBe(false);
        compared++;
      }
    }
    console.log(`JL-2: ${count} edits refused, ${compared} compared with the reference library`);
    expect(count).toBeGreaterThan(250);
  });

  it('the listed neutral edits stay valid here and in the library', async () => {
    const labels = new Set<string>();
    for (const { document, label, pointer } of neutralEdits(signed)) {
      const report = await verify(document);
      expect(report, `${label} at ${pointer}`).toMatchObject({ outcome: 'pass' });
      if (!labels.has(label))
        expect(await libraryVerify(loader, document, method), `${label} at ${pointer}`).toBe(true);
      labels.add(label);
    }
    expect([...labels].sort()).toEqual([
      '17th digit of a double',
      'add []',
      'add [null]',
      'add null',
      'array unwrapped',
      'members reversed',
      'number as its text',
      'scalar wrapped',
      'set member repeated',
      'set reordered',
    ]);
  });
});
