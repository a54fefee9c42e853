/**
 * One badge against `@digitalbazaar/vc` in the same process, turn about, in CPU time; every document is another. The golden
 * badges `plain` (56 quads with unnamed nodes) and `named` (the same with ids) are those of the reference and ours alike.
 */

import { type JsonObject, nextTurn } from '#kernel';
import * as golden from '../../support/golden-badge.ts';
import type { Measured } from '../figures.ts';
import { costOf, median } from '../timing.ts';
import { libraryVerify, openOurs } from './ours.ts';
import { another, libraryIssue } from './reference-badge.ts';

const ROUNDS = 7;
/**
 * Rounds of about the same time (a second and more), after twice as much that is not counted: while one side runs, the platform
 * drops compiled code of the other, and it takes ours some six thousand badges, theirs some four hundred, until each costs what
 * it costs ever after (measured by the thousand).
 */
const THEIRS = 240;
const OURS = 3_000;
const UNCOUNTED = 2;
/** After so many of a kind its plans are there. */
const WARM = 30;

export async function proofs(): Promise<Measured> {
  const plain = await measure(golden.goldenBadge());
  const named = await measure(golden.namedBadge());
  return {
    ...{ 'sign.ratio': plain.sign.ratio, 'issue.ratio': plain.issue.ratio, 'verify.ratio': plain.verify.ratio },
    ...{ 'sign.cpuUs': plain.sign.ours, 'issue.cpuUs': plain.issue.ours, 'verify.cpuUs': plain.verify.ours },
    ...{ 'reference.issue.cpuUs': plain.issue.theirs, 'reference.verify.cpuUs': plain.verify.theirs },
    ...{ 'sign.named.ratio': named.sign.ratio, 'issue.named.ratio': named.issue.ratio },
    'verify.named.ratio': named.verify.ratio,
  };
}

/** CPU milliseconds of one, without what the other side left to be collected; what it leaves itself it pays for. */
async function alone(count: number, work: (n: number) => unknown): Promise<number> {
  globalThis.gc!();
  await nextTurn();
  await costOf(UNCOUNTED * count, work);
  return (await costOf(count, (n) => work(UNCOUNTED * count + n))).cpuMs;
}

async function measure(badge: JsonObject) {
  const ours = await openOurs(badge);
  const { method } = golden.testKey(1);
  const issueReference = libraryIssue(badge);
  for (let n = 0; n < WARM; n++) {
    await ours.verify(await ours.issue(another(badge)));
    await ours.idle();
  }
  let texts: string[] = [];
  let documents: JsonObject[] = [];
  const signOthers = async () => {
    texts = [];
    for (let n = 0; n < (UNCOUNTED + 1) * OURS; n++) texts.push(await ours.sign(another(badge)));
    documents = texts.slice(0, (UNCOUNTED + 1) * THEIRS).map((text) => JSON.parse(text) as JsonObject);
  };
  const verifyReference = async (n: number) => {
    if (!(await libraryVerify(ours.loader, documents[n]!, method))) throw new Error('the reference refuses it');
  };
  type Work = (n: number) => unknown;
  const pairs: Record<'sign' | 'issue' | 'verify', [theirs: Work, ours: Work, before?: () => Promise<void>]> = {
    sign: [issueReference, () => ours.sign(another(badge))],
    issue: [issueReference, () => ours.issue(another(badge))],
    verify: [verifyReference, (n) => ours.verify(texts[n]!), signOthers],
  };
  const of = async (name: keyof typeof pairs) => {
    const [theirWork, ourWork, before] = pairs[name];
    await before?.();
    await costOf(10, theirWork);
    await costOf(2 * OURS, ourWork);
    await ours.idle();
    const rounds: { ratio: number; theirs: number; ours: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await before?.();
      const [theirs, own] = [await alone(THEIRS, theirWork), await alone(OURS, ourWork)];
      rounds.push({ ratio: theirs / own, theirs: theirs * 1_000, ours: own * 1_000 });
    }
    const middle = (member: 'ratio' | 'theirs' | 'ours') => median(rounds.map((round) => round[member]));
    return { ratio: middle('ratio'), theirs: middle('theirs'), ours: middle('ours') };
  };
  const figures = { sign: await of('sign'), issue: await of('issue'), verify: await of('verify') };
  await ours.close();
  return figures;
}
