import { afterAll, describe, expect, it, vi } from 'vitest';
import { type JsonObject, systemRandom } from '#kernel';
import { createContextLoader, createLibraryCheck, createPlanSets, createProofChecker, createProofMaker } from '#proofs';
import { SharingResolver } from '../../src/proofs/canonical/context-resolver.ts';
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

describe('a structure that was looked at', () => {
  // Each has the structure of the golden badge, and one value that no proof is made over.
  const HOSTILE: Record<string, (badge: JsonObject) => void> = {
    'a text that names a blank node': (badge) => {
      badge.name = '_:b0';
    },
    'an id that names a blank node': (badge) => {
      badge.id = '_:b0';
    },
    'the value that reaches the prototype': (badge) => {
      badge.name = '__proto__';
    },
    'a lone surrogate': (badge) => {
      badge.name = 'Ana\ud800';
    },
    'a number of more digits than are signed': (badge) => {
      (badge.credentialSubject as JsonObject).creditsEarned = 0.30000000000000004;
    },
  };

  it('lets no value pass that is refused without plans, from maker and verifier alike', async () => {
    const [badge] = variedBadges(1);
    const good = await maker.sign(badge!, signer, CREATED, options);
    expect(await verifier.verify(good, expected(good), resolverOf(method))).toMatchObject({ outcome: 'pass' });
    const plain = createProofChecker({ loader, clock: { now: () => now } });
    for (const [what, change] of Object.entries(HOSTILE)) {
      const hostile = structuredClone(badge!);
      change(hostile);
      const refused = await reference.sign(hostile, signer, CREATED).catch((error: unknown) => error);
      expect(refused, what).toMatchObject({ kind: 'lint-failed' });
      await expect(maker.sign(hostile, signer, CREATED, options), what).rejects.toEqual(refused);
      const forged = { ...hostile, proof: good.proof! };
      const wanted = await plain.verify(forged, expected(forged), resolverOf(method));
      expect(wanted.outcome, what).toBe('fail');
      expect(await verifier.verify(forged, expected(forged), resolverOf(method)), what).toEqual(wanted);
    }
    await plain.close();
  });

  it('is looked at again by a profile that was not asked for before', async () => {
    // Good as a credential of any kind, and no Open Badge: the list of contexts lacks that of Open Badges.
    const [badge] = variedBadges(1);
    const other: JsonObject = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      ...{ id: badge!.id!, type: ['VerifiableCredential'], issuer: String((badge!.issuer as JsonObject).id) },
      ...{ validFrom: CREATED, credentialSubject: { id: 'did:example:learner' } },
    };
    const asked = { ...options, profile: 'vc' } as const;
    for (let time = 0; time < 3; time++) {
      await maker.sign(other, signer, CREATED, asked);
      await sets.idle();
    }
    const made = await maker.sign(other, signer, CREATED, asked);
    const wanted = { controller: String(made.issuer), purpose: 'assertionMethod' as const };
    for (const profile of ['vc', 'openbadge', 'vc'] as const) {
      const plain = createProofChecker({ loader, clock: { now: () => now } });
      const without = await plain.verify(made, { ...wanted, profile }, resolverOf(method));
      expect(without.outcome).toBe(profile === 'vc' ? 'pass' : 'fail');
      for (let time = 0; time < 3; time++) {
        expect(await verifier.verify(made, { ...wanted, profile }, resolverOf(method))).toEqual(without);
        await sets.idle();
      }
      await plain.close();
    }
  });

  it('says nothing of a proof: each is looked at', async () => {
    const good = await maker.sign(variedBadges(1)[0]!, signer, CREATED, options);
    const plain = createProofChecker({ loader, clock: { now: () => now } });
    const proof = good.proof as JsonObject;
    const changes: JsonObject[] = [
      { ...proof, '@context': ['https://www.w3.org/ns/credentials/v2'] },
      { ...proof, domain: '_:b0' },
      { ...proof, challenge: '__proto__' },
      { ...proof, 'ex:more': 'x' },
      { ...proof, nonce: { '@id': 'urn:x:1' } },
    ];
    for (const one of changes) {
      const changed = { ...good, proof: one };
      const without = await plain.verify(changed, expected(changed), resolverOf(method));
      expect(without.outcome).not.toBe('pass');
      expect(await verifier.verify(changed, expected(changed), resolverOf(method))).toEqual(without);
    }
    await plain.close();
  });
});

describe('the library alone', () => {
  it('does not hold its thread for the whole time', async () => {
    const good = await maker.sign(variedBadges(1)[0]!, signer, CREATED);
    // By now it is loaded; another one reads the contexts anew.
    await createLibraryCheck(loader)(good, method, now);
    let turns = 0;
    let asking = true;
    const count = () => {
      turns++;
      if (asking) setImmediate(count);
    };
    setImmediate(count);
    const verified = await createLibraryCheck(loader)(good, method, now).finally(() => {
      asking = false;
    });
    expect(verified).toBe(true);
    expect(turns).toBeGreaterThan(3);
  });

  it('holds what is good, refuses what was changed, and is not asked about other suites', async () => {
    const ask = createLibraryCheck(loader);
    const good = await maker.sign(variedBadges(1)[0]!, signer, CREATED);
    expect(await ask(good, method, now)).toBe(true);
    const changed = { ...good, name: 'SPECIMEN changed' };
    expect(await ask(changed, method, now)).toBe(false);
    expect(await ask(good, method, now)).toBe(true);
    expect(await ask(good, { ...method, ...otherKey() }, now)).toBe(false);
    expect(await ask({ ...good, proof: { ...(good.proof as JsonObject), cryptosuite: 'x' } }, method, now)).toBe(
      'unknown',
    );
  });

  it('is asked after a full hour with contexts that it keeps by itself', async () => {
    const shared = vi.spyOn(SharingResolver.prototype, 'resolve');
    let minutes = 5;
    const ask = createLibraryCheck(loader, { now: () => new Date(minutes * 60_000) });
    const good = await maker.sign(variedBadges(1)[0]!, signer, CREATED);
    const changed = { ...good, name: 'SPECIMEN changed' };
    const alone = [];
    for (const at of [6, 59, 61, 62, 300, 301]) {
      minutes = at;
      shared.mockClear();
      expect(await ask(at % 2 === 0 ? good : changed, method, now)).toBe(at % 2 === 0);
      if (shared.mock.calls.length === 0) alone.push(at);
    }
    shared.mockRestore();
    expect(alone).toEqual([61, 300]);
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
