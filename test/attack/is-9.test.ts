import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { createContextLoader, createProofChecker, createProofMaker } from '#proofs';
import { createRandom } from '../fuzz/random.ts';
import { libraryVerify } from '../proofs/library.ts';
import { CREATED, resolverOf, TEST_PH_CONTEXT, TEST_PH_URL, testKey } from '../support/golden-badge.ts';
import { mutationsOf } from '../support/mutations.ts';
import { variedBadges } from './documents.ts';

const GOOD = 200;
const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const checker = createProofChecker({ loader });
const maker = createProofMaker({ loader });
// The key is the identifier, so that every verifier finds it without a network.
const { signer: own } = testKey(3);
const did = `did:key:${own.publicKeyMultibase}`;
const signer = { ...own, verificationMethod: `${did}#${own.publicKeyMultibase}` };
const method = { id: signer.verificationMethod, controller: did, publicKeyMultibase: own.publicKeyMultibase };
const directory = mkdtempSync(join(tmpdir(), 'tatak-golden-'));
afterAll(async () => {
  await checker.close();
  rmSync(directory, { recursive: true });
});

const good: JsonObject[] = [];
const bad: JsonObject[] = [];
const ours = async (document: JsonObject) =>
  (await checker.verify(document, { controller: did, purpose: 'assertionMethod' }, resolverOf(method))).outcome;

/** What the second library says of each: true, false, or that it does not know. */
async function verifierCore(documents: readonly JsonObject[]): Promise<(boolean | undefined)[]> {
  const file = join(directory, 'golden.json');
  writeFileSync(file, JSON.stringify(documents));
  const child = join(import.meta.dirname, '..', 'interop', 'verifier-core.child.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [child, file], { maxBuffer: 256 * 1024 * 1024 });
  return (JSON.parse(stdout.trim().split('\n').at(-1)!) as { signature?: boolean }[]).map(({ signature }) => signature);
}

beforeAll(async () => {
  const random = createRandom(9);
  for (const [number, { credentialStatus: _, ...badge }] of variedBadges(GOOD).entries()) {
    const issued = { ...badge, issuer: { ...(badge.issuer as JsonObject), id: did } };
    const signed = await maker.sign(issued, signer, CREATED);
    good.push(signed);
    const edits = [...mutationsOf(signed)].filter(({ pointer }) => pointer !== '/id');
    if (number % 2 === 0) bad.push(random.pick(edits).document);
  }
}, 120_000);

describe('IS-9 what we sign verifies elsewhere, and what was changed nowhere', () => {
  it('200 badges hold here, in the reference library and in an independent verifier', async () => {
    const theirs = await verifierCore(good);
    for (const [number, document] of good.entries()) {
      expect(await ours(document), `${number}`).toBe('pass');
      expect(await libraryVerify(loader, document, method), `${number}`).toBe(true);
      expect(theirs[number], `${number}`).toBe(true);
    }
  }, 180_000);

  it('100 changed ones hold in none of them', async () => {
    const theirs = await verifierCore(bad);
    for (const [number, document] of bad.entries()) {
      expect(await ours(document), `${number}`).not.toBe('pass');
      expect(await libraryVerify(loader, document, method).catch(() => false), `${number}`).toBe(false);
      expect(theirs[number], `${number}`).not.toBe(true);
    }
    expect(bad).toHaveLength(GOOD / 2);
  }, 180_000);
});
