import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { decode, encode } from 'base58-universal';
import { afterAll, describe, expect, it } from 'vitest';
import type { MethodResolution } from '#identifiers';
import { canonicalJson, type Json, type JsonObject } from '#kernel';
import { readPublicKey } from '#keystore';
import { canonicalize, createProofChecker, createProofMaker, type IssuingCryptosuite } from '#proofs';
import { havingVectors, VECTORS, vectorLoader } from './vector-contexts.ts';

const checker = createProofChecker({ loader: vectorLoader });
const maker = createProofMaker({ loader: vectorLoader });
afterAll(() => checker.close());

const read = (path: string): string => readFileSync(new URL(path, VECTORS), 'utf8');
const json = (path: string): JsonObject => JSON.parse(read(path)) as JsonObject;
const count = { files: 0, proofs: 0, changed: 0 };
const text = (path: string): string => {
  count.files++;
  return read(path).trim();
};

/** did:key, as far as these keys go: the id is the key. */
const didKey = async (id: string): Promise<MethodResolution> => {
  const [controller, fragment] = id.split('#') as [string, string];
  const method = { id, controller, publicKeyMultibase: fragment };
  return { outcome: 'ok', method, document: { id: controller } };
};
const controllerOf = (proof: JsonObject): string => String(proof.verificationMethod).split('#')[0]!;
const verify = async (signed: JsonObject, controller: string, policy: 'any' | 'all' = 'any') => {
  count.proofs++;
  return checker.verify(signed, { controller, purpose: 'assertionMethod', policy }, didKey);
};

const EDDSA = 'vc-di-eddsa';
const ECDSA = 'vc-di-ecdsa';
/** Folder, and the word all file names of it end with. */
const SINGLE: [folder: string, name: string, form: 'rdfc' | 'jcs', digest: 'sha256' | 'sha384'][] = [
  [`${EDDSA}/eddsa-rdfc-2022`, 'DataInt', 'rdfc', 'sha256'],
  [`${EDDSA}/eddsa-rdfc-2022/employ`, 'DataInt', 'rdfc', 'sha256'],
  [`${EDDSA}/eddsa-jcs-2022`, 'JCS', 'jcs', 'sha256'],
  [`${EDDSA}/Ed25519Signature2020`, 'EdSig', 'rdfc', 'sha256'],
  [`${ECDSA}/ecdsa-rdfc-2019-p256`, 'ECDSAP256', 'rdfc', 'sha256'],
  [`${ECDSA}/ecdsa-rdfc-2019-p256/employ`, 'ECDSAP256', 'rdfc', 'sha256'],
  [`${ECDSA}/ecdsa-rdfc-2019-p384`, 'ECDSAP384', 'rdfc', 'sha384'],
  [`${ECDSA}/ecdsa-rdfc-2019-p384/employ`, 'ECDSAP384', 'rdfc', 'sha384'],
  [`${ECDSA}/ecdsa-jcs-2019-p256`, 'JCSECDSAP256', 'jcs', 'sha256'],
  [`${ECDSA}/ecdsa-jcs-2019-p384`, 'JCSECDSAP384', 'jcs', 'sha384'],
];

describe.runIf(havingVectors)('W3C vectors of one proof', () => {
  it.each(SINGLE)('%s: %s, %s, %s', async (folder, name, form, digest) => {
    const signed = json(`${folder}/signed${name}.json`);
    const { proof, ...document } = signed as JsonObject & { proof: JsonObject };
    const { proofValue, ...options } = proof;
    const hash = (value: string) => createHash(digest).update(value).digest('hex');
    const canonical = async (value: JsonObject) =>
      (form === 'jcs' ? canonicalJson(value) : await canonicalize(vectorLoader, value, digest)).trim();

    // 1. Canonical forms and hashes, as published.
    const configuration = json(`${folder}/proofConfig${name}.json`);
    expect(configuration).toEqual({ ...options, '@context': document['@context'] });
    const [documentForm, proofForm] = [await canonical(document), await canonical(configuration)];
    expect(documentForm).toBe(text(`${folder}/canonDoc${name}.txt`));
    expect(proofForm).toBe(text(`${folder}/proofCanon${name}.txt`));
    const end = form === 'jcs' ? '' : '\n';
    expect(hash(documentForm + end)).toBe(text(`${folder}/docHash${name}.txt`));
    expect(hash(proofForm + end)).toBe(text(`${folder}/proofHash${name}.txt`));
    expect(hash(proofForm + end) + hash(documentForm + end)).toBe(text(`${folder}/combinedHash${name}.txt`));
    expect(proofValue).toBe(text(`${folder}/sigBTC58${name}.txt`));
    expect(Buffer.from(decode(String(proofValue).slice(1))).toString('hex')).toBe(text(`${folder}/sigHex${name}.txt`));

    // 2. The verdict, and that of every text of it changed by one letter.
    const controller = controllerOf(proof);
    const report = await verify(signed, controller);
    expect(report).toMatchObject({ outcome: 'pass', code: 'signature_valid' });
    expect(report.proofs[0]!.legacy).toBe(folder.includes('Ed25519Signature2020') ? true : undefined);
    for (const changed of changedTexts(signed)) {
      const answer = await checker.verify(changed, { controller, purpose: 'assertionMethod' }, didKey);
      expect(answer.outcome, JSON.stringify(changed)).not.toBe('pass');
      count.changed++;
    }
  });

  it.each<[string, IssuingCryptosuite, string, string]>([
    ['eddsa-rdfc-2022/signedDataInt.json', 'eddsa-rdfc-2022', 'unsigned.json', 'keyPair.json'],
    ['eddsa-rdfc-2022/employ/signedDataInt.json', 'eddsa-rdfc-2022', 'employmentAuth.json', 'keyPair.json'],
    ['eddsa-jcs-2022/signedJCS.json', 'eddsa-jcs-2022', 'unsigned.json', 'keyPair.json'],
  ])('%s is what is signed here, byte for byte', async (path, cryptosuite, unsigned, keyFile) => {
    const keys = json(`${EDDSA}/${keyFile}`) as { publicKeyMultibase: string; privateKeyMultibase: string };
    const { proof } = json(`${EDDSA}/${path}`) as { proof: JsonObject };
    const privateKey = createPrivateKey({
      key: {
        kty: 'OKP',
        crv: 'Ed25519',
        x: String(readPublicKey(keys.publicKeyMultibase).jwk.x),
        d: Buffer.from(decode(keys.privateKeyMultibase.slice(1)).subarray(2)).toString('base64url'),
      },
      format: 'jwk',
    });
    const signer = {
      verificationMethod: String(proof.verificationMethod),
      publicKeyMultibase: keys.publicKeyMultibase,
      sign: async (data: Uint8Array) => sign(null, data, privateKey),
    };
    const signed = await maker.sign(json(`${EDDSA}/${unsigned}`), signer, String(proof.created), { cryptosuite });
    expect(signed.proof).toEqual(proof);
    count.proofs++;
  });
});

/** Each text of the document, ids and contexts too, with its last letter another one. */
function* changedTexts(document: JsonObject): Generator<JsonObject> {
  const copy = structuredClone(document);
  function* walk(value: Json): Generator<JsonObject> {
    if (typeof value !== 'object' || value === null) return;
    const holder = value as Record<string, Json>;
    for (const key of Object.keys(holder)) {
      const member = holder[key]!;
      if (typeof member === 'string') {
        holder[key] = `${member.slice(0, -1)}${member.endsWith('x') ? 'y' : 'x'}`;
        yield structuredClone(copy);
        holder[key] = member;
      } else yield* walk(member);
    }
  }
  yield* walk(copy);
}

describe.runIf(havingVectors)('W3C vectors of sets and chains', () => {
  const folder = `${EDDSA}/proof-set-chain`;
  it.each([
    ['signedProofSet1', 1],
    ['signedProofSet2', 2],
    ['signedProofChain1', 3],
    ['signedProofChain2', 4],
  ])('%s', async (name, proofCount) => {
    const signed = json(`${folder}/${name}.json`);
    const proofs = [signed.proof].flat() as JsonObject[];
    expect(proofs).toHaveLength(proofCount);
    for (const [index, proof] of proofs.entries()) {
      for (const policy of ['any', 'all'] as const) {
        const report = await verify(signed, controllerOf(proof), policy);
        expect(report).toMatchObject({ outcome: 'pass', code: 'signature_valid' });
        expect(report.proofs.map(({ code }) => code)).toEqual(
          proofs.map((_, other) => (other === index ? 'signature_valid' : 'method_not_issuer')),
        );
      }
    }
    // A letter less in any proof value: that proof falls, and each that is chained to it.
    for (const [index, broken] of proofs.entries()) {
      const proofValue = `z${encode(Buffer.from(decode(String(broken.proofValue).slice(1))).reverse())}`;
      const changed = { ...signed, proof: proofs.map((one, at) => (at === index ? { ...one, proofValue } : one)) };
      const dependent = proofs.filter(({ previousProof }) => broken.id && [previousProof].flat().includes(broken.id));
      for (const proof of [broken, ...dependent]) {
        expect((await verify(changed, controllerOf(proof))).outcome).toBe('fail');
      }
      expect((await verify(changed, controllerOf(proofs[(index + 1) % proofCount]!), 'all')).outcome).toBe('fail');
    }
  });

  it.each([
    ['proofChainTempDoc1', 'proofChainConfigSigned1', 'proofChainConfig1'],
    ['proofChainTempDoc2', 'proofChainConfigSigned2', 'proofChainConfig2'],
  ])('%s is what a link signs', (name, signedConfig, config) => {
    const temporary = json(`${folder}/${name}.json`) as { proof: JsonObject[] };
    const { proofValue: _, ...unsigned } = json(`${folder}/${signedConfig}.json`);
    count.files += 3;
    const { '@context': __, ...given } = json(`${folder}/${config}.json`);
    const { '@context': ___, ...rest } = unsigned;
    expect(rest).toEqual(given);
    expect(temporary.proof.map(({ id }) => id)).toEqual([unsigned.previousProof].flat());
  });
});

afterAll(() => {
  console.log(
    havingVectors
      ? `W3C vectors: ${SINGLE.length} of one proof and 4 sets and chains; ${count.files} published intermediate values, ` +
          `${count.proofs} verdicts, ${count.changed} changed documents refused`
      : 'W3C vectors are not here: their tests did not run',
  );
});
