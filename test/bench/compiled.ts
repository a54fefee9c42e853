/**
 * `node --disable-proto=delete test/bench/compiled.ts`: the compiled canonical forms alone against the reference library in the
 * same process, in CPU time. Printed only; to steer by.
 */
import { createPublicKey, hash, sign as nodeSign, verify as nodeVerify } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { type JsonObject, parseStrictJson, systemRandom } from '#kernel';
import { canonicalize, createContextLoader } from '#proofs';
import { decodeBase58, encodeBase58 } from '../../src/proofs/base58.ts';
import * as compiled from '../../src/proofs/canonical/compiled/index.ts';
import { libraryVerify } from '../proofs/library.ts';
import {
  CREATED,
  goldenBadge,
  ISSUER,
  namedBadge,
  TEST_PH_CONTEXT,
  TEST_PH_URL,
  testKey,
} from '../support/golden-badge.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const { privateKey, signer, method } = testKey(1);
const publicKey = createPublicKey(privateKey);
const terms = compiled.readTerms(
  new Map(
    (goldenBadge()['@context'] as string[]).map((url): [string, JsonObject] => [url, JSON.parse(loader.text(url))]),
  ),
);

function ok<T>(value: T | compiled.NotEligible | compiled.PlanMismatch): T {
  if (typeof value === 'object' && value !== null && ('notEligible' in value || 'mismatch' in value)) {
    throw new Error(JSON.stringify(value));
  }
  return value as T;
}

const planOf = async (document: JsonObject): Promise<compiled.Plan> =>
  ok(
    await compiled.compile(document, {
      terms,
      documentLoader: loader.documentLoader,
      canonicalize: (one) => canonicalize(loader, one),
      random: systemRandom,
    }),
  );

/** CPU microseconds of one call; the best of a few rounds, which other work disturbs least. */
async function cost(count: number, work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 7; round++) {
    const before = process.cpuUsage();
    for (let i = 0; i < count; i++) {
      const result = work();
      if (result instanceof Promise) await result;
    }
    const { user, system } = process.cpuUsage(before);
    if (round > 1) best = Math.min(best, (user + system) / count);
  }
  return best;
}

async function measure(name: string, badge: JsonObject): Promise<void> {
  const plan = await planOf(badge);
  const template = ok(compiled.createTemplate(badge, plan, terms));
  const configuration: JsonObject = {
    '@context': badge['@context']!,
    type: 'DataIntegrityProof',
    created: CREATED,
    verificationMethod: signer.verificationMethod,
    cryptosuite: 'eddsa-rdfc-2022',
    proofPurpose: 'assertionMethod',
  };
  const proofPlan = await planOf(configuration);
  const proofTemplate = ok(compiled.createTemplate(configuration, proofPlan, terms));
  const proofHead = JSON.stringify({ ...configuration, '@context': undefined });

  const digests = (configurationNquads: string, nquads: string): Buffer =>
    Buffer.concat([hash('sha256', configurationNquads, 'buffer'), hash('sha256', nquads, 'buffer')]);
  let serial = 0;
  const signText = (): string => {
    const values = template.values.slice();
    values[0] = `https://badges.example.ph/credentials/${String(serial++).padStart(26, '0')}`;
    const filled = ok(template.fill(values));
    const proof = ok(proofTemplate.fill(proofTemplate.values));
    const signature = nodeSign(null, digests(proof.nquads, filled.nquads), privateKey);
    return `${filled.text.slice(0, -1)},"proof":${proofHead.slice(0, -1)},"proofValue":"z${encodeBase58(signature)}"}}`;
  };
  const proofTerms = (proof: JsonObject): string => {
    const { proofValue: _, ...rest } = proof;
    const shape = ok(compiled.shapeOf({ '@context': badge['@context']!, ...rest }, terms));
    if (shape.key !== proofPlan.key) throw new Error('another shape of proof');
    return ok(compiled.ownNquads(proofPlan, ok(compiled.checkValues(proofPlan, shape.leaves, 'verify', terms))));
  };
  const opened = (text: string, parse: (text: string) => unknown) => {
    const { proof, ...document } = parse(text) as JsonObject & { proof: JsonObject };
    const shape = ok(compiled.shapeOf(document, terms));
    if (shape.key !== plan.key) throw new Error('another shape');
    const signature = decodeBase58((proof.proofValue as string).slice(1), 64)!;
    return { proof, signature, values: ok(compiled.checkValues(plan, shape.leaves, 'verify', terms)) };
  };
  const check = (text: string, parse: (text: string) => unknown): void => {
    const { proof, signature, values } = opened(text, parse);
    const data = digests(proofTerms(proof), ok(compiled.ownNquads(plan, values)));
    if (!nodeVerify(null, data, publicKey, signature)) throw new Error('not valid');
  };
  const checkByReference = async (text: string): Promise<void> => {
    const { proof, signature, values } = opened(text, JSON.parse);
    const data = digests(proofTerms(proof), ok(await compiled.referenceNquads(plan, values)));
    if (!nodeVerify(null, data, publicKey, signature)) throw new Error('not valid');
  };

  const text = signText();
  const credential = JSON.parse(text) as JsonObject;
  if (!(await libraryVerify(loader, credential, method))) throw new Error('the library refuses what was signed');
  const values = ok(compiled.checkValues(plan, template.values, 'verify', terms));
  const nquads = ok(compiled.ownNquads(plan, values));

  const suite = () =>
    new DataIntegrityProof({
      signer: {
        id: signer.verificationMethod,
        algorithm: 'Ed25519',
        sign: async ({ data }) => nodeSign(null, data, privateKey),
      },
      cryptosuite,
      date: CREATED,
    });
  const issueByLibrary = await cost(60, () =>
    vc.issue({
      credential: structuredClone(badge),
      suite: suite(),
      documentLoader: loader.documentLoader,
      now: new Date(CREATED),
    }),
  );
  const verifyByLibrary = await cost(60, () => libraryVerify(loader, credential, method));
  const data = digests(nquads, nquads);
  const S = await cost(2_000, () => nodeSign(null, data, privateKey));
  const signature = nodeSign(null, data, privateKey);
  const figures: Record<string, [number, number]> = {
    'sign path, slots to text': [await cost(2_000, signText), issueByLibrary],
    'sign path, full self-check by rdf-canonize': [await cost(500, () => checkByReference(signText())), issueByLibrary],
    'verify, seen shape, JSON.parse': [await cost(1_000, () => check(text, JSON.parse)), verifyByLibrary],
    'verify, seen shape, strict parser': [await cost(1_000, () => check(text, parseStrictJson)), verifyByLibrary],
  };
  console.log(
    `\n${name}: ${plan.quads.length} quads, ${plan.linesOfNode.length} blank nodes, plan ${plan.bytes} bytes, S = ${S.toFixed(1)} us`,
  );
  console.log(
    `library: issue ${(issueByLibrary / S).toFixed(0)} S, verify ${(verifyByLibrary / S).toFixed(0)} S (${ISSUER.length > 0 ? (issueByLibrary / 1_000).toFixed(2) : ''} ms)`,
  );
  for (const [what, [ours, theirs]] of Object.entries(figures)) {
    console.log(`${what.padEnd(46)} ${(theirs / ours).toFixed(1).padStart(6)} x   ${(ours / S).toFixed(2)} S`);
  }
  const document = JSON.parse(JSON.stringify(badge)) as JsonObject;
  const parts: Record<string, () => unknown> = {
    'Ed25519 verify': () => nodeVerify(null, data, publicKey, signature),
    'JSON.parse': () => JSON.parse(text),
    'strict parser': () => parseStrictJson(text),
    shapeOf: () => compiled.shapeOf(document, terms),
    checkValues: () => compiled.checkValues(plan, template.values, 'verify', terms),
    ownNquads: () => compiled.ownNquads(plan, values),
    referenceNquads: () => compiled.referenceNquads(plan, values),
    'proof: shape, values, nquads': () => proofTerms(configuration),
    'template.fill': () => template.fill(template.values),
    'proof template.fill': () => proofTemplate.fill(proofTemplate.values),
    'two hashes': () => digests(nquads, nquads),
    'base58 encode': () => encodeBase58(signature),
    'base58 decode': () => decodeBase58(encodeBase58(signature), 64),
  };
  for (const [what, work] of Object.entries(parts)) {
    console.log(`  ${what.padEnd(44)} ${((await cost(2_000, work)) / S).toFixed(3)} S`);
  }
}

await measure('plain', goldenBadge());
await measure('named', namedBadge());
