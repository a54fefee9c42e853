import { parentPort, workerData } from 'node:worker_threads';
import { type JsonObject, systemRandom } from '#kernel';
import { type ContextSource, createContextLoader } from '../contexts.ts';
import { hardenPrototypes } from '../harden.ts';
import type { Digest } from '../keys.ts';
import { withoutHttpClient } from '../no-http-client.ts';
import { compile, type NotEligible, type Plan, type PlanMismatch, readTerms } from './compiled/index.ts';
import { asCanonicalizationError, type CanonicalizationCode } from './outcome.ts';
import { canonicalizeDataset, toDataset } from './rdfc.ts';

/** JSON of a document, and what is wanted of it. */
export type WorkerQuestion =
  | { want: 'nquads'; text: string; digest: Digest }
  /** For documents of its shape. */
  | { want: 'plan'; text: string };

export type Refusal = { code: CanonicalizationCode; detail: string; pointer: string };
export type Compiled = { plan: Plan } | NotEligible | PlanMismatch;
export type WorkerAnswer = { nquads: string } | Compiled | Refusal;

hardenPrototypes();
withoutHttpClient();
const port = parentPort;
if (!port) throw new Error('this file is the body of a worker thread');
const { documentLoader, documents } = createContextLoader(workerData as ContextSource);
const terms = readTerms(documents);

async function nquads(document: JsonObject, factor: number, digest: Digest): Promise<string> {
  return canonicalizeDataset(await toDataset(document, documentLoader), factor, digest);
}

async function answer(question: WorkerQuestion): Promise<WorkerAnswer> {
  try {
    const document = JSON.parse(question.text) as JsonObject;
    // What factor 1 can do, factor 2 does by the same steps.
    if (question.want === 'nquads') return { nquads: await nquads(document, 2, question.digest) };
    // Plans are of what every default verifier can follow.
    const canonicalize = (one: JsonObject) => nquads(one, 1, 'sha256');
    const made = await compile(document, { terms, documentLoader, canonicalize, random: systemRandom });
    return 'key' in made ? { plan: made } : made;
  } catch (error) {
    const { code, message, pointer } = asCanonicalizationError(error);
    return { code, detail: message, pointer };
  }
}

port.on('message', async (question: WorkerQuestion) => port.postMessage(await answer(question)));

// The first document pays for reading the contexts and compiling the library; it is ours, not a caller's.
await nquads(
  {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      (workerData as ContextSource).phContextUrl,
    ],
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: 'did:example:issuer',
    credentialSubject: { type: ['AchievementSubject'], achievement: { id: 'urn:a', type: ['Achievement'], name: 'a' } },
  },
  1,
  'sha256',
);
port.postMessage('ready');
