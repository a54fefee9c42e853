import { afterAll, describe, expect, it } from 'vitest';
import { contextProblems, createContextLoader, createProofChecker, createProofMaker } from '#proofs';
import { CREATED, ISSUER, resolverOf, TEST_PH_CONTEXT, TEST_PH_URL, testKey } from '../support/golden-badge.ts';
import { UNDEFINED_TERM, undefinedTerms } from '../support/mutations.ts';
import { variedBadges } from './documents.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const maker = createProofMaker({ loader });
const checker = createProofChecker({ loader });
const { signer, method } = testKey(1);
const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
afterAll(() => checker.close());

describe('JL-1 dropped term, 200 documents', () => {
  it('an undefined member is refused at every object, when signing and when verifying', async () => {
    let [signing, verifying] = [0, 0];
    for (const [number, badge] of variedBadges(200).entries()) {
      const signed = await maker.sign(badge, signer, CREATED);
      // The objects of a document take turns.
      for (const [at, { document, pointer }] of [...undefinedTerms(signed)].entries()) {
        if ((at + number) % 4 !== 0) continue;
        const report = await checker.verify(document, expected, resolverOf(method));
        expect(report, `${number} ${pointer}`).toMatchObject({ outcome: 'fail', code: 'dropped_term' });
        verifying++;
        if ((at + number) % 8 !== 0 || pointer.startsWith(`/proof/${UNDEFINED_TERM}`)) continue;
        const { proof: _, ...unsigned } = document;
        expect(contextProblems(unsigned, 'openbadge', loader), 'not refused for another reason').toEqual([]);
        await expect(maker.sign(unsigned, signer, CREATED), `${number} ${pointer}`).rejects.toMatchObject({
          kind: 'lint-failed',
        });
        signing++;
      }
    }
    console.log(`JL-1: ${signing} signatures and ${verifying} proofs refused over 200 documents`);
    expect(verifying).toBeGreaterThan(500);
    expect(signing).toBeGreaterThan(200);
  }, 60_000);
});
