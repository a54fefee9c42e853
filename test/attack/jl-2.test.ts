import { afterAll, describe, expect, it } from 'vitest';
import { createContextLoader, createProofChecker, createProofMaker } from '#proofs';
import { createRandom } from '../fuzz/random.ts';
import { CREATED, ISSUER, resolverOf, TEST_PH_CONTEXT, TEST_PH_URL, testKey } from '../support/golden-badge.ts';
import { mutationsOf, neutralEdits } from '../support/mutations.ts';
import { variedBadges } from './documents.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const maker = createProofMaker({ loader });
const checker = createProofChecker({ loader });
const { signer, method } = testKey(1);
const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
afterAll(() => checker.close());

/** Every edit of one document in each run; of the others a part, another part of each. `ATTACK=all`: every edit of all. */
const SHARE = process.env.ATTACK === 'all' ? 1 : 48;

describe('JL-2 unsigned leaf, 200 documents', () => {
  it('no edit of a leaf, a member or an item survives', async () => {
    const random = createRandom(5);
    const seen = new Map<string, number>();
    for (const [number, badge] of variedBadges(200).entries()) {
      const signed = await maker.sign(badge, signer, CREATED);
      for (const { document, label, pointer } of mutationsOf(signed)) {
        if (!random.once(SHARE)) continue;
        const report = await checker.verify(document, expected, resolverOf(method));
        expect(report.outcome, `${number}: ${label} at ${pointer}: ${report.code}`).not.toBe('pass');
        seen.set(label.split(' ')[0]!, (seen.get(label.split(' ')[0]!) ?? 0) + 1);
      }
      // Which digit of a number is past the canonical form depends on the number.
      const neutral = [...neutralEdits(signed)].filter(({ label }) => label !== '17th digit of a double');
      const one = random.pick(neutral);
      const report = await checker.verify(one.document, expected, resolverOf(method));
      expect(report, `${number}: ${one.label} at ${one.pointer}`).toMatchObject({ outcome: 'pass' });
    }
    console.log(
      `JL-2: ${[...seen].map(([label, count]) => `${label} ${count}`).join(', ')} refused over 200 documents`,
    );
    expect([...seen.values()].reduce((sum, count) => sum + count)).toBeGreaterThan(700);
  }, 600_000);
});
