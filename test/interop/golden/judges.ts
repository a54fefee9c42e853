import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite as ecdsaJcs } from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { createVerifyCryptosuite as ecdsaSd } from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import { createVerifyCryptosuite as eddsaJcs } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
// @ts-expect-error the library has no types
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import { createIdentifiers } from '#identifiers';
import { type JsonObject, Problem } from '#kernel';
import type { Report } from '#verifier';
import { NOW, world } from '../../verifier/world.ts';
import { loader } from './issuers.ts';

/** What a verifier says of a document. `other` is every answer that is neither: an error, or not known. */
export type Answer = 'good' | 'bad' | 'other';

const clock = { now: () => new Date(NOW) };
const identifiers = createIdentifiers({
  clock,
  fetch: async (url) => {
    throw new Problem('fetch-failed', `nothing is fetched: ${url}`, { extensions: { code: 'connect' } });
  },
});
const { verifier, pages } = world([], { identifiers });

/** What the addresses of status lists answer. */
export type Lists = ReadonlyMap<string, { status: number; body: string }>;

/** This service: the whole report, so that the codes can be looked at too. */
export function byTatak(document: JsonObject, lists: Lists = new Map()): Promise<Report> {
  for (const [url, page] of lists) pages.set(url, page);
  return verifier.verify({ document: structuredClone(document) });
}

export const answerOf = ({ verdict }: Report): Answer =>
  verdict === 'valid' ? 'good' : verdict === 'invalid' ? 'bad' : 'other';

/** The reference library. A DID key document is made here, as its own driver would. */
export async function byDigitalBazaar(document: JsonObject, lists: Lists = new Map()): Promise<Answer> {
  const documentLoader = async (url: string) => ({
    contextUrl: null,
    documentUrl: url,
    document: await load(url, lists),
  });
  const suite = [eddsaRdfc, eddsaJcs(), ecdsaRdfc, ecdsaJcs(), ecdsaSd()].map(
    (cryptosuite) => new DataIntegrityProof({ cryptosuite }),
  );
  const result: Awaited<ReturnType<typeof verifyCredential>> = await verifyCredential({
    credential: structuredClone(document),
    suite,
    now: new Date(NOW),
    checkStatus: (options) =>
      checkStatus({ ...options, documentLoader, suite, verifyBitstringStatusListCredential: true }),
    documentLoader,
  }).catch(() => ({ verified: false }) as const);
  // Its status check is "verified" when the list could be read; whether the bit is set stands beside it.
  return result.verified && !result.statusResult?.results?.some(({ status }) => status) ? 'good' : 'bad';
}

async function load(url: string, lists: Lists): Promise<unknown> {
  const list = lists.get(url);
  if (list?.status === 200) return JSON.parse(list.body);
  if (!url.startsWith('did:key:')) return (await loader.documentLoader(url)).document;
  const [did = ''] = url.split('#');
  const found = await identifiers.resolve(did);
  if (found.outcome !== 'ok') throw new Error(found.detail);
  if (!url.includes('#')) return found.document;
  const [method] = found.document.verificationMethod as JsonObject[];
  if (method?.id !== url) throw new Error('no such key');
  return { '@context': 'https://w3id.org/security/multikey/v1', ...method };
}

interface CoreResult {
  signature?: boolean;
  expiration?: boolean;
  status?: boolean;
  statusError?: string;
  errors?: string[];
}

/**
 * verifier-core, all documents in one process without network. Asynchronous on purpose: this process serves the status lists meanwhile.
 */
export async function byVerifierCore(documents: readonly JsonObject[]): Promise<Answer[]> {
  const directory = mkdtempSync(join(tmpdir(), 'golden-'));
  try {
    const file = join(directory, 'documents.json');
    writeFileSync(file, JSON.stringify(documents));
    const child = join(import.meta.dirname, '..', 'verifier-core.child.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [child, file], { maxBuffer: 64 * 1024 * 1024 });
    const results = JSON.parse(stdout.trim().split('\n').at(-1)!) as CoreResult[];
    return results.map(({ signature, expiration, status, statusError, errors }) => {
      if (statusError) return 'other';
      if (signature === true && expiration !== false && status !== false) return 'good';
      return signature === false || expiration === false || status === false || errors ? 'bad' : 'other';
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
