import { parentPort, workerData } from 'node:worker_threads';
import { answerCalls, isObject, type JsonObject, parseStrictJson, systemClock, systemRandom } from '#kernel';
import type { BoundedCanonicalizer, PlanCompiler } from '../canonical/bounded.ts';
import { canonicalize } from '../canonical/canonicalize.ts';
import { compile, readTerms } from '../canonical/compiled/index.ts';
import { createPlanSets } from '../canonical/plan-sets.ts';
import { rdfc } from '../canonical/rdfc.ts';
import { createProofChecker } from '../check.ts';
import { type ContextSource, createContextLoader } from '../contexts.ts';
import { hardenPrototypes } from '../harden.ts';
import { createLibraryCheck } from '../library-check.ts';
import { withoutHttpClient } from '../no-http-client.ts';
import type { ResolveMethod } from '../ports.ts';
import type { OwnAnswer, OwnQuestion, ReleaseAnswer, ReleaseQuestion } from './thread.ts';

hardenPrototypes();
withoutHttpClient();
const port = parentPort;
if (!port) throw new Error('this file is the body of a worker thread');
const loader = createContextLoader(workerData as ContextSource);
const terms = readTerms(loader.documents);

/** Everything that comes here is our own and has passed the rules of issuing: it needs no further thread. */
const bounded: BoundedCanonicalizer & PlanCompiler = {
  run: (document, digest = 'sha256') => rdfc(document, loader.documentLoader, 2, digest),
  isFree: () => false,
  async compile(document) {
    const { documentLoader } = loader;
    const reference = (one: JsonObject) => canonicalize(loader, one);
    const made = await compile(document, { terms, documentLoader, canonicalize: reference, random: systemRandom });
    return 'key' in made ? { plan: made } : made;
  },
  close: async () => undefined,
};

let told: string[] = [];
let mismatch = false;
const { releases, learnt } = createPlanSets({
  ...{ loader, clock: systemClock, random: systemRandom, bounded },
  count: (_, outcome) => told.push(outcome),
  onMismatch() {
    mismatch = true;
  },
});
const checker = createProofChecker({ loader, canonicalizer: releases });

async function check({ text, verificationMethod, resolution }: ReleaseQuestion): Promise<Found> {
  const document = parseStrictJson(text);
  if (!isObject(document)) return { outcome: 'fail', code: 'not_an_object' };
  const issuer = isObject(document.issuer) ? document.issuer.id : document.issuer;
  if (typeof issuer !== 'string') return { outcome: 'fail', code: 'no_issuer' };
  const resolve: ResolveMethod = async (id, use) =>
    id === verificationMethod && use === 'assertionMethod'
      ? resolution
      : { outcome: 'unknown', code: 'method_not_found', detail: 'another key than the one that was looked up' };
  const { outcome, code } = await checker.verify(document, { controller: issuer, purpose: 'assertionMethod' }, resolve);
  return { outcome, code };
}

type Found = Pick<ReleaseAnswer, 'outcome' | 'code'>;

/** Of these each waits until the plans that those before taught are in use: a list is then spared the reference. */
const FIRST = 4;
let count = 0;
let line: Promise<unknown> = Promise.resolve();

/** One after the other, so that the first is answered when it is done and not when all are. */
function inLine(question: ReleaseQuestion): Promise<Found> {
  const found = line.then(() => check(question));
  const next = ++count <= FIRST ? learnt : () => undefined;
  line = found.then(next, next);
  return found;
}

/** Answers of one message: fewer would interrupt the thread that asks for each, more would keep it waiting for what is done. */
const TOGETHER = 4;

const library = createLibraryCheck(loader);

function own(question: OwnQuestion): Promise<unknown> {
  switch (question.want) {
    case 'library':
      return library(...question.of);
    case 'plan':
      return bounded.compile(question.of);
    case 'nquads':
      return canonicalize(loader, question.of);
  }
}

function ownAnswer(question: OwnQuestion): Promise<OwnAnswer> {
  return own(question).then(
    (done) => ({ done }),
    (error: unknown) => ({ failed: String(error) }),
  );
}

async function checkAndTell(question: ReleaseQuestion): Promise<ReleaseAnswer> {
  const found = await inLine(question).catch((): Found => ({ outcome: 'unknown', code: 'check_failed' }));
  const answer = { ...found, forms: told, ...(mismatch ? { mismatch } : {}) };
  told = [];
  mismatch = false;
  return answer;
}

answerCalls<ReleaseQuestion | OwnQuestion, ReleaseAnswer | OwnAnswer>(
  port,
  (question) => ('want' in question ? ownAnswer(question) : checkAndTell(question)),
  TOGETHER,
);

port.postMessage('ready');
