/** What the service does with one badge, without store and HTTP: the three functions that the ratios are of. */
import { type JsonObject, parseStrictJson, systemClock, systemRandom } from '#kernel';
import { createContextLoader, createPlanSets, createProofChecker, createProofMaker } from '#proofs';
import { lintErrors } from '../../../src/credentials/lint.ts';
import { CREATED, ISSUER, resolverOf, TEST_PH_CONTEXT, TEST_PH_URL, testKey } from '../../support/golden-badge.ts';

export { libraryVerify } from '../../proofs/library.ts';

const EXPECTED = { controller: ISSUER, purpose: 'assertionMethod' } as const;

export async function openOurs(badge: JsonObject) {
  const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
  const sets = createPlanSets({ loader, clock: systemClock, random: systemRandom });
  const proofs = createProofMaker({ loader, plans: sets.issuing });
  const checkerWith = (canonicalizer: typeof sets.releases) =>
    createProofChecker({ loader, clock: systemClock, canonicalizer });
  const [releases, strangers] = [checkerWith(sets.releases), checkerWith(sets.verifying)];
  const { signer, method } = testKey(1);
  const resolve = resolverOf(method);
  const { achievement } = badge.credentialSubject as { achievement: JsonObject };
  const context = {
    ...{ tenant: 'specimen', issuer: ISSUER, publicUrl: 'https://badges.example.ph', now: new Date(CREATED) },
    specimen: true,
    achievement: {
      ...{ id: String(achievement.id).split('/').at(-1)!, version: 2, document: achievement, extension: false },
      statusType: 'BitstringStatusListEntry' as const,
    },
  };

  const sign = async (document: JsonObject): Promise<string> =>
    JSON.stringify(await proofs.sign(document, signer, CREATED, { verified: 'by-caller' }));
  const verifyBy = async (text: string, checker: typeof releases): Promise<void> => {
    const report = await checker.verify(parseStrictJson(text) as JsonObject, EXPECTED, resolve);
    if (report.outcome !== 'pass') throw new Error(`not valid: ${report.code}`);
  };
  return {
    loader,
    sign,
    verify: (text: string) => verifyBy(text, strangers),
    /** Every rule looks at it. That the golden badge, older than some of them, breaks a few is no matter here. */
    async issue(document: JsonObject): Promise<string> {
      lintErrors(document, context);
      const text = await sign(document);
      await verifyBy(text, releases);
      return text;
    },
    /** Plans are made beside what is answered: this is when there are none under way. */
    idle: () => sets.idle(),
    async close() {
      await Promise.all([releases.close(), strangers.close()]);
      await sets.close();
    },
  };
}
