import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createVerifyCryptosuite } from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import { afterAll, describe, expect, it } from 'vitest';
import type { MethodResolution } from '#identifiers';
import type { JsonObject } from '#kernel';
import { canonicalize, createProofChecker, createProofMaker } from '#proofs';
import { readDerivedProof } from '../../src/proofs/ecdsa-sd-2023/derived-proof.ts';
import { statementsOf } from '../../src/proofs/ecdsa-sd-2023/verify.ts';
import { havingVectors, VECTORS, vectorLoader } from './vector-contexts.ts';

const checker = createProofChecker({ loader: vectorLoader });
const maker = createProofMaker({ loader: vectorLoader });
afterAll(() => checker.close());

const FOLDERS = ['prc', 'employ'];
let files = 0;
const read = (folder: string, name: string): string => {
  files++;
  return readFileSync(new URL(`vc-di-ecdsa/ecdsa-sd-2023/${folder}/${name}`, VECTORS), 'utf8');
};
const json = <T = JsonObject>(folder: string, name: string): T => JSON.parse(read(folder, `${name}.json`)) as T;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const didKey = async (id: string): Promise<MethodResolution> => {
  const [controller, publicKeyMultibase] = id.split('#') as [string, string];
  return { outcome: 'ok', method: { id, controller, publicKeyMultibase }, document: {} };
};
const expectedOf = (document: JsonObject) => ({
  controller: String((document.proof as JsonObject).verificationMethod).split('#')[0]!,
  purpose: 'assertionMethod' as const,
});

describe.runIf(havingVectors).each(FOLDERS)('W3C ecdsa-sd-2023, %s', (folder) => {
  it('the base document has the published form, and its proof is for the holder', async () => {
    const base = json(folder, 'addSignedSDBase');
    const { proof, ...document } = base as JsonObject & { proof: JsonObject };
    const lines = (await canonicalize(vectorLoader, document)).split('\n').slice(0, -1);
    expect(lines.map((line) => `${line}\n`)).toEqual(json(folder, 'addBaseDocCanon'));
    const { proofValue: _, ...options } = proof;
    const configuration = await canonicalize(vectorLoader, { '@context': document['@context']!, ...options });
    expect(configuration.trim()).toBe(read(folder, 'addProofConfigCanon.txt').trim());
    expect(sha256(configuration)).toBe(json(folder, 'addHashData').proofHash);
    expect(await checker.verify(base, expectedOf(base), didKey)).toMatchObject({
      outcome: 'unknown',
      code: 'base_proof',
    });
  });

  it('what is derived from it is the published document, byte for byte', async () => {
    const base = json(folder, 'addSignedSDBase');
    const selectivePointers = JSON.parse(
      readFileSync(new URL(`vc-di-ecdsa/${folder === 'prc' ? 'prCred' : 'employ'}Selective.json`, VECTORS), 'utf8'),
    ) as string[];
    const derived = await maker.deriveCredential(base, { selectivePointers });
    expect(derived).toEqual(json(folder, 'derivedRevealDocument'));
    const { proof: _, ...unsigned } = derived;
    expect(unsigned).toEqual(json(folder, 'derivedUnsignedReveal'));
  });

  it('the derived document is read as published, and as the library reads it', async () => {
    const reveal = json(folder, 'derivedRevealDocument');
    const { proof, ...document } = reveal as JsonObject & { proof: JsonObject };
    const derived = readDerivedProof(proof.proofValue);
    if ('outcome' in derived) throw new Error(derived.code);
    const published = json<{
      baseSignature: string;
      publicKey: string;
      signatures: string[];
      labelMap: [string, string][];
      mandatoryIndexes: number[];
    }>(folder, 'verifyDerivedProofValue');
    expect(hex(derived.baseSignature)).toBe(published.baseSignature);
    expect(derived.statementKey.multibase).toBe(published.publicKey);
    expect(derived.signatures.map(hex)).toEqual(published.signatures);
    expect(derived.labels.map((label, index) => [`c14n${index}`, label])).toEqual(published.labelMap);
    expect([...derived.mandatory]).toEqual(published.mandatoryIndexes);
    expect([...derived.mandatory]).toEqual(json(folder, 'derivedAdjMandatoryIndexes').adjMandatoryIndexes);

    const statements = statementsOf(derived, await canonicalize(vectorLoader, document));
    if ('outcome' in statements) throw new Error(statements.code);
    const data = json<{ nonMandatory: string[]; mandatoryHash: string; proofHash: string }>(
      folder,
      'verifyCreateVerifyData',
    );
    expect(statements.others).toEqual(data.nonMandatory);
    expect(sha256(statements.mandatory.join(''))).toBe(data.mandatoryHash);
    expect([...statements.mandatory, ...statements.others].sort()).toEqual(json(folder, 'verifyNQuads'));

    const library = createVerifyCryptosuite();
    const theirs = (await library.createVerifyData!({
      cryptosuite: library,
      document,
      proof,
      documentLoader: vectorLoader.documentLoader,
    })) as { nonMandatory: string[]; mandatoryHash: Uint8Array; proofHash: Uint8Array };
    expect(theirs.nonMandatory).toEqual(statements.others);
    expect(hex(theirs.mandatoryHash)).toBe(data.mandatoryHash);
    expect(hex(theirs.proofHash)).toBe(data.proofHash);
  });

  it('the derived document verifies, and no changed one does', async () => {
    const reveal = json(folder, 'derivedRevealDocument');
    const report = await checker.verify(reveal, expectedOf(reveal), didKey);
    expect(report).toMatchObject({ outcome: 'pass', proofs: [{ selective: true }] });
    for (const changed of [
      { ...reveal, validUntil: '2099-12-16T23:59:59Z' },
      { ...reveal, name: 'Permanent Resident Card' },
      { ...reveal, issuer: { ...(reveal.issuer as JsonObject), image: 'data:image/png;base64,AAAA' } },
      { ...reveal, credentialSubject: { ...(reveal.credentialSubject as JsonObject), birthCountry: 'Utopia' } },
      Object.fromEntries(Object.entries(reveal).filter(([name]) => name !== 'validUntil')),
    ] as JsonObject[]) {
      expect((await checker.verify(changed, expectedOf(reveal), didKey)).outcome).toBe('fail');
    }
  });
});

afterAll(() => {
  console.log(
    havingVectors
      ? `W3C ecdsa-sd-2023: ${FOLDERS.length} credentials, ${files} published files read`
      : 'W3C ecdsa-sd-2023 vectors are not here: their tests did not run',
  );
});
