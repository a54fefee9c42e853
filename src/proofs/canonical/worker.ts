import { parentPort, workerData } from 'node:worker_threads';
import { type ContextSource, createContextLoader } from '../contexts.ts';
import { hardenPrototypes } from '../harden.ts';
import type { Digest } from '../keys.ts';
import { asCanonicalizationError, type CanonicalizationCode } from './outcome.ts';
import { canonicalizeDataset, toDataset } from './rdfc.ts';

export interface WorkerQuestion {
  /** JSON of the document. */
  text: string;
  digest: Digest;
}

export type WorkerAnswer = { nquads: string } | { code: CanonicalizationCode; detail: string; pointer: string };

hardenPrototypes();
const port = parentPort;
if (!port) throw new Error('this file is the body of a worker thread');
const { documentLoader } = createContextLoader(workerData as ContextSource);

port.on('message', async ({ text, digest }: WorkerQuestion) => {
  let answer: WorkerAnswer;
  try {
    const dataset = await toDataset(JSON.parse(text), documentLoader);
    // What factor 1 can do, factor 2 does by the same steps.
    answer = { nquads: await canonicalizeDataset(dataset, 2, digest) };
  } catch (error) {
    const { code, message, pointer } = asCanonicalizationError(error);
    answer = { code, detail: message, pointer };
  }
  port.postMessage(answer);
});

// The first document pays for reading the contexts and compiling the library; it is ours, not a caller's.
await toDataset(
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
  documentLoader,
).then((dataset) => canonicalizeDataset(dataset, 1, 'sha256'));
port.postMessage('ready');
