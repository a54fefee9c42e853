import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodResolution } from '#identifiers';
import { type Problem, systemClock, systemRandom } from '#kernel';
import {
  canonicalize,
  createContextLoader,
  createJwtChecker,
  createLibraryCheck,
  createProofChecker,
  createProofMaker,
  type ProofMaker,
  type ReleaseAnswer,
  type ReleaseThread,
  type ReleaseThreadOnDemand,
  releaseThreadOnDemand,
  startReleaseThread,
} from '#proofs';
import { createReleaseCheck } from '../../src/app/check-released.ts';
import { openProving } from '../../src/app/proving.ts';
import { checkElsewhere } from '../../src/app/released-elsewhere.ts';
import { CREATED, goldenBadge, ISSUER, TEST_PH_CONTEXT, TEST_PH_URL, testKey } from '../support/golden-badge.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const proofs = createProofMaker({ loader });
const checker = createProofChecker({ loader, clock: systemClock });
const tokens = createJwtChecker({ loader, clock: systemClock });
const [published, other] = [testKey(1), testKey(2)];

let resolution: MethodResolution = { outcome: 'ok', method: published.method, document: { id: ISSUER } };
const identifiers = { resolveMethod: async () => resolution };
const here = createReleaseCheck(checker, tokens, identifiers as never);

/** A thread takes a second and more on a busy machine. */
const STARTING = { timeout: 20_000 };

let text: string;
let threads: ReleaseThread[] = [];
const answers: ReleaseAnswer[] = [];
let onDemand: ReleaseThreadOnDemand;
const open = () => {
  onDemand = releaseThreadOnDemand(async () => {
    const thread = await startReleaseThread(loader.source);
    threads.push(thread);
    return thread;
  });
  return checkElsewhere(here, identifiers, onDemand, (answer) => answers.push(answer));
};

/** Many in one turn, so that the thread is there for those that come after. */
async function crowd(released: ReturnType<typeof open>): Promise<void> {
  for (const one of await Promise.all(Array.from({ length: 6 }, () => released.check(text)))) {
    expect(one.outcome).toBe('pass');
  }
  await expect.poll(() => threads.length, STARTING).toBe(1);
  // It is used from the next turn on.
  await new Promise((done) => setImmediate(done));
}

beforeAll(async () => {
  text = JSON.stringify(await proofs.sign(goldenBadge(), published.signer, CREATED));
});
afterAll(async () => {
  await Promise.all([checker.close(), tokens.close?.()]);
});

describe('what is about to be released, checked in a thread', () => {
  it('gets the answer it would get here, whatever is wrong with it', async () => {
    threads = [];
    const released = open();
    await crowd(released);
    const forged = JSON.stringify(await proofs.sign(goldenBadge(), { ...other.signer, ...named() }, CREATED));
    const cases: [string, string][] = [
      ['as signed', text],
      ['another name', text.replace('Solar Array Wiring', 'Solar Array Wirinh')],
      ['signed by another key', forged],
      ['another issuer', text.replaceAll(`"id":"${ISSUER}"`, '"id":"did:web:other.example.ph"')],
      ['no issuer', text.replace('"issuer":', '"issuers":')],
      ['not JSON', text.slice(0, -1)],
      ['a member twice', text.replace('{', '{"name":"x",')],
    ];
    for (const [name, given] of cases) {
      const outcome = await here(given).catch(() => ({ outcome: 'unknown' }));
      const elsewhere = await released.check(given);
      expect([name, elsewhere.outcome]).toEqual([name, outcome.outcome]);
      expect(elsewhere.outcome === 'pass').toBe(name === 'as signed');
    }
    // All but the first six came from the thread, which tells how forms came about.
    expect(answers).toHaveLength(cases.length);
    await onDemand.close();
  });

  it('is checked with the key that the issuer publishes now, and no other', async () => {
    threads = [];
    const released = open();
    await crowd(released);
    const before = resolution;
    resolution = { outcome: 'ok', method: { ...other.method, ...named() }, document: { id: ISSUER } };
    expect(await released.check(text)).toMatchObject({ outcome: 'fail', code: 'signature_invalid' });
    resolution = { outcome: 'unknown', code: 'did_unreachable', detail: 'x' };
    await new Promise((done) => setImmediate(() => setImmediate(done)));
    expect(await released.check(text)).toMatchObject({ outcome: 'unknown', code: 'did_unreachable' });
    resolution = before;
    await new Promise((done) => setImmediate(() => setImmediate(done)));
    // The text names two: the one that was looked up is not the one of the proof.
    const two = text.replace('"proof":{', '"proof":{"verificationMethod":"did:web:other.example.ph#key-1",');
    expect((await released.check(two)).outcome).not.toBe('pass');
    await onDemand.close();
  });

  it('is also held against the library there, and here once the thread has ended', async () => {
    threads = [];
    const released = open();
    let askedHere = 0;
    const library = released.byLibrary((...asked) => {
      askedHere++;
      return createLibraryCheck(loader)(...asked);
    });
    const answersOf = async () => [
      await library(JSON.parse(text), published.method, new Date(CREATED)),
      await library(JSON.parse(text.replace('Solar', 'Lunar')), published.method, new Date(CREATED)),
      await library({ ...JSON.parse(text), proof: 'none' }, published.method, new Date(CREATED)),
    ];
    await crowd(released);
    expect(await answersOf()).toEqual([true, false, 'unknown']);
    expect(askedHere).toBe(0);
    await threads[0]!.close();
    await expect.poll(() => threads[0]!.alive, STARTING).toBe(false);
    expect(await answersOf()).toEqual([true, false, 'unknown']);
    expect(askedHere).toBe(3);
    await onDemand.close();
  });

  it('gets each its own answer in a long line, and when the thread ends in the middle of it, none of the rest does', async () => {
    const thread = await startReleaseThread(loader.source);
    const { verificationMethod } = published.signer;
    const ask = (given: string) => thread.check({ text: given, verificationMethod, resolution });
    const texts = [text, text.replace('Solar', 'Lunar'), 'not JSON'];
    const outcomes = ['pass', 'fail', 'unknown'];
    const line = Array.from({ length: 30 }, (_, n) => ask(texts[n % 3]!));
    expect((await Promise.all(line)).map(({ outcome }) => outcome)).toEqual(line.map((_, n) => outcomes[n % 3]));

    let [passed, ending] = [0, Promise.resolve()];
    const rest = Array.from({ length: 200 }, async () => {
      const { outcome } = await ask(text).catch((error: Problem) => ({ outcome: error.kind }));
      if (outcome === 'pass' && ++passed === 1) ending = thread.close();
      return outcome;
    });
    const told = await Promise.all(rest);
    await ending;
    expect(new Set(told)).toEqual(new Set(['pass', 'unavailable']));
    expect(told.lastIndexOf('pass')).toBe(passed - 1);
    await expect(ask(text)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('is not released when the thread ends, and is checked here from then on', async () => {
    threads = [];
    const released = open();
    await crowd(released);
    const asked = released.check(text).catch((error: Problem) => error.kind);
    // The question is on its way.
    await new Promise((done) => setImmediate(done));
    await threads[0]!.close();
    const outcome = await asked;
    expect(typeof outcome === 'string' ? outcome : outcome.outcome).toMatch(/^(unavailable|pass)$/);
    await expect.poll(() => threads[0]!.alive, STARTING).toBe(false);
    const told = answers.length;
    expect(await released.check(text)).toMatchObject({ outcome: 'pass' });
    expect(answers).toHaveLength(told);
    await onDemand.close();
  });
});

describe('the thread on demand', () => {
  it('is one for all who want it at once, another after it has ended, and none when it does not start or is closed', async () => {
    let starts = 0;
    let now = 0;
    const demand = releaseThreadOnDemand(
      () => {
        starts++;
        return startReleaseThread(loader.source);
      },
      undefined,
      () => now,
    );
    expect(demand.running).toBeUndefined();
    const [first, same] = await Promise.all([demand.wanted(), demand.wanted()]);
    expect(first).toBe(same);
    expect(demand.running).toBe(first);
    await first!.close();
    await expect.poll(() => demand.running, STARTING).toBeUndefined();
    expect(await demand.wanted()).toBeUndefined();
    now += 30_000;
    const second = await demand.wanted();
    expect(second).not.toBe(first);
    expect(await second!.canonicalize(goldenBadge())).toBe(await canonicalize(loader, goldenBadge()));
    await demand.close();
    expect([await demand.wanted(), demand.running, starts]).toEqual([undefined, undefined, 2]);
    const told: unknown[] = [];
    const none = releaseThreadOnDemand(
      () => Promise.reject(new Error('no more threads')),
      (error) => told.push(error),
    );
    expect([await none.wanted(), await none.wanted(), told.length]).toEqual([undefined, undefined, 1]);
  });

  it('tells what the reference refuses, and the rest goes on', async () => {
    const thread = await startReleaseThread(loader.source);
    const unknown = { ...goldenBadge(), '@context': ['https://nowhere.example/context'] };
    await expect(thread.canonicalize(unknown)).rejects.toThrow(/nowhere\.example/);
    expect(await thread.compile(unknown)).toHaveProperty('notEligible');
    expect(await thread.compile(goldenBadge())).toHaveProperty('plan');
    await thread.close();
  });
});

describe('plans of what is issued', () => {
  const proving = (startThread: () => Promise<ReleaseThread>) => {
    const counted: string[] = [];
    const counters = { count: (_: string, ...labels: string[]) => counted.push(labels.join(' ')) };
    const logger = { fatal: () => undefined, error: (_: object, text: string) => counted.push(text) };
    const deps = { ...{ loader, clock: systemClock, random: systemRandom }, counters, logger, startThread };
    return { counted, ...openProving(deps as never) };
  };
  const sign = async (maker: ProofMaker) =>
    JSON.stringify(await maker.sign(goldenBadge(), published.signer, CREATED, { verified: 'by-caller' }));
  const isCompiled = (one: string) => one === 'issue compiled';

  it('are made beside the checks, and give the proof of the reference', async () => {
    const asked = { compile: 0, canonicalize: 0 };
    const {
      counted,
      proofs: own,
      learnt,
      close,
    } = proving(async () => {
      const thread = await startReleaseThread(loader.source);
      const told = <K extends keyof typeof asked>(name: K): ReleaseThread[K] =>
        ((document: never) => {
          asked[name]++;
          return thread[name](document);
        }) as ReleaseThread[K];
      return { ...thread, alive: true, compile: told('compile'), canonicalize: told('canonicalize') };
    });
    for (let time = 0; time < 4; time++) {
      expect(await sign(own)).toBe(text);
      await learnt();
    }
    expect(counted.some(isCompiled)).toBe(true);
    // Of the document and of the configuration, and the first of what they give against the reference.
    expect(asked.compile).toBe(2);
    expect(asked.canonicalize).toBeGreaterThan(0);
    await close();
    const before = counted.filter(isCompiled).length;
    expect(await sign(own)).toBe(text);
    expect(counted.filter(isCompiled)).toHaveLength(before);
  });

  it('are none where the thread does not start: all is as it was, and somebody is told once', async () => {
    const { counted, proofs: own, learnt, close } = proving(() => Promise.reject(new Error('no more threads')));
    for (let time = 0; time < 4; time++) {
      expect(await sign(own)).toBe(text);
      await learnt();
    }
    expect(counted.some(isCompiled)).toBe(false);
    expect(counted.filter((one) => one.includes('did not start'))).toHaveLength(1);
    await close();
  });
});

function named() {
  return { id: published.method.id, verificationMethod: published.signer.verificationMethod };
}
