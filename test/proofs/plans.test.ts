import { afterAll, describe, expect, it } from 'vitest';
import { type JsonObject, systemRandom } from '#kernel';
import { createContextLoader, createLibraryCheck, createPlanSets, createProofChecker, createProofMaker } from '#proofs';
import { variedBadges } from '../attack/documents.ts';
import { CREATED, resolverOf, TEST_PH_CONTEXT, TEST_PH_URL, testKey } from '../support/golden-badge.ts';
import { libraryVerify } from './library.ts';
import { verifyDifferential } from './verify-differential.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const counted: Record<string, number> = {};
let time = Date.parse('2026-11-03T00:00:00Z');
// Each look at the clock is a second later: as many plans as are wanted.
const clock = {
  now() {
    time += 1_000;
    return new Date(time);
  },
};
const sets = createPlanSets({
  ...{ loader, clock, random: systemRandom },
  count: (use, outcome) => {
    counted[`${use} ${outcome}`] = (counted[`${use} ${outcome}`] ?? 0) + 1;
  },
});
const reference = createProofMaker({ loader });
const maker = createProofMaker({ loader, plans: sets.issuing });
const { signer, method } = testKey(1);
const options = { verified: 'by-caller' } as const;
const expected = (document: JsonObject) => ({
  controller: String((document.issuer as JsonObject).id),
  purpose: 'assertionMethod' as const,
});
const now = new Date('2026-11-03T00:00:00Z');
const releases = createProofChecker({ loader, canonicalizer: sets.releases, clock: { now: () => now } });
const verifier = createProofChecker({ loader, canonicalizer: sets.verifying, clock: { now: () => now } });
afterAll(() => sets.close());

const GOLDEN = 12;

describe('proofs by plans', () => {
  it('are those of the library, to the byte, for all golden badges', async () => {
    for (const badge of variedBadges(GOLDEN)) {
      const wanted = JSON.stringify(await reference.sign(badge, signer, CREATED));
      for (let time = 0; time < 4; time++) {
        const made = await maker.sign(badge, signer, CREATED, options);
        expect(JSON.stringify(made)).toBe(wanted);
        for (const checker of [releases, verifier]) {
          expect(await checker.verify(made, expected(made), resolverOf(method))).toMatchObject({ outcome: 'pass' });
        }
        await sets.idle();
      }
      expect(await libraryVerify(loader, JSON.parse(wanted), method)).toBe(true);
    }
    for (const use of ['issue', 'release', 'verify']) expect(counted[`${use} compiled`]).toBeGreaterThan(GOLDEN);
  });
});

describe('the library alone', () => {
  it('holds what is good, refuses what was changed, and is not asked about other suites', async () => {
    const ask = createLibraryCheck(loader);
    const good = await maker.sign(variedBadges(1)[0]!, signer, CREATED);
    expect(await ask(good, method, now)).toBe(true);
    expect(await ask({ ...good, name: 'SPECIMEN changed' }, method, now)).toBe(false);
    expect(await ask(good, { ...method, ...otherKey() }, now)).toBe(false);
    expect(await ask({ ...good, proof: { ...(good.proof as JsonObject), cryptosuite: 'x' } }, method, now)).toBe(
      'unknown',
    );
  });
});

const otherKey = () => ({ publicKeyMultibase: testKey(2).method.publicKeyMultibase });

describe('verifying with plans', () => {
  // Others in each run; 40,000 of them: `npm run long:verify-differential`.
  it('says of 600 valid, edited and mixed-up documents what it says without, and never more than the library', async () => {
    const seed = Date.now() % 1_000_000;
    console.log(`seed ${seed}`);
    const { both, disagreements, compiled, stricter } = await verifyDifferential(seed, 600);
    expect(disagreements).toEqual([]);
    expect(both.true).toBeGreaterThan(100);
    expect(both.false).toBeGreaterThan(200);
    expect(stricter).toBeLessThan(200);
    expect(compiled).toBeGreaterThan(500);
  }, 180_000);
});
