import { encode } from 'base58-universal';
import { isObject, type Json, type JsonObject, systemRandom } from '#kernel';
import { createContextLoader, createPlanSets, createProofChecker, createProofMaker } from '#proofs';
import { variedBadges } from '../attack/documents.ts';
import { createRandom } from '../fuzz/random.ts';
import { CREATED, resolverOf, TEST_PH_CONTEXT, TEST_PH_URL, testKey } from '../support/golden-badge.ts';
import { mutationsOf } from '../support/mutations.ts';
import { libraryVerify } from './library.ts';

export interface Tally {
  both: { true: number; false: number };
  /** The checker says that it does not know, or refuses by rules of ours before the signature. */
  stricter: number;
  /** What one takes and the other does not, in the form that decides. */
  disagreements: string[];
  /** How often a plan answered. */
  compiled: number;
}

/** Every so many are checked without plans as well. */
const WITHOUT = 5;
const now = new Date('2026-11-03T00:00:00Z');

/**
 * Valid, edited and mixed-up documents of a few shapes, each checked with plans, without them, and by the library.
 * @param count of documents
 */
export async function verifyDifferential(seed: number, count: number): Promise<Tally> {
  const random = createRandom(seed);
  const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
  let compiled = 0;
  let time = 0;
  const clock = {
    now() {
      time += 1_000;
      return new Date(time);
    },
  };
  const sets = createPlanSets({
    ...{ loader, clock, random: systemRandom },
    count: (_, outcome) => {
      if (outcome === 'compiled') compiled++;
    },
  });
  const fast = createProofChecker({ loader, clock: { now: () => now }, canonicalizer: sets.verifying });
  const slow = createProofChecker({ loader, clock: { now: () => now } });
  const maker = createProofMaker({ loader });
  const { signer, method } = testKey(1);
  const tally: Tally = { both: { true: 0, false: 0 }, stricter: 0, disagreements: [], compiled: 0 };

  const badges = variedBadges(40 + Math.ceil(count / 500));
  const valid: JsonObject[] = [];
  for (const badge of badges.slice(-(8 + Math.ceil(count / 500)))) {
    const signed = await maker.sign(badge, signer, CREATED);
    valid.push(signed, await maker.sign({ ...badge, id: `${String(badge.id)}/2` }, signer, CREATED));
  }
  const check = (checker: typeof fast, document: JsonObject) => {
    const issuer = isObject(document.issuer) ? document.issuer.id : document.issuer;
    const expected = { controller: String(issuer), purpose: 'assertionMethod' as const };
    return checker.verify(structuredClone(document), expected, resolverOf(method));
  };
  for (let round = 0; round < 2; round++) {
    for (const document of valid) {
      await check(fast, document);
      await sets.idle();
    }
  }

  for (let number = 0; number < count; number++) {
    const document = draw();
    const here = await check(fast, document);
    // To the word; the library says only yes or no, and is asked every time.
    const there = number % WITHOUT === 0 ? await check(slow, document) : here;
    const library = await libraryVerify(loader, document, method).catch(() => false);
    const passes = here.outcome === 'pass';
    if (JSON.stringify(here) !== JSON.stringify(there)) tally.disagreements.push(`${seed} ${number}: ${here.code}`);
    if (passes && !library) tally.disagreements.push(`${seed} ${number}: the library refuses`);
    if (!passes && library) tally.stricter++;
    else tally.both[passes ? 'true' : 'false']++;
    // A signature that does not hold here and does in the library would be a form that differs.
    if (here.code === 'signature_invalid' && library) tally.disagreements.push(`${seed} ${number}: form`);
  }
  await Promise.all([sets.close(), slow.close()]);
  return { ...tally, compiled };

  function draw(): JsonObject {
    const one = random.pick(valid);
    const proof = one.proof as JsonObject;
    const other = random.pick(valid);
    switch (random.int(8)) {
      case 0:
      case 1:
        return one;
      case 2:
        return { ...one, proof: other.proof! };
      case 3:
        return { ...one, proof: { ...proof, created: '2026-11-02T08:00:01Z' } };
      case 4: {
        const value = String(proof.proofValue);
        const at = 1 + random.int(value.length - 1);
        const letter = encode(new Uint8Array([random.int(57) + 1]));
        return { ...one, proof: { ...proof, proofValue: value.slice(0, at) + letter + value.slice(at + 1) } };
      }
      case 5:
        return neutral(one);
      default:
        return random.pick([...mutationsOf(one)]).document;
    }
  }

  /** Edits that leave the statements as they are. */
  function neutral(one: JsonObject): JsonObject {
    const copy = structuredClone(one);
    const subject = copy.credentialSubject as JsonObject;
    const achievement = subject.achievement as JsonObject;
    const turned = (value: Json | undefined) => (Array.isArray(value) ? value.toReversed() : []);
    const edits: (() => void)[] = [
      () => Object.assign(copy, { validUntil: null }),
      () => Object.assign(copy, { type: turned(copy.type) }),
      () => Object.assign(subject, { result: turned(subject.result) }),
      () => Object.assign(achievement, { tag: turned(achievement.tag) }),
      () => Object.assign(achievement, { description: [achievement.description!] }),
      () => Object.assign(achievement, { alignment: [...turned(achievement.alignment), null] }),
    ];
    random.pick(edits)();
    return copy;
  }
}
