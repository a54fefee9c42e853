import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#kernel';
import {
  assertHardened,
  assertNoProto,
  canonicalize,
  createContextLoader,
  createProofChecker,
  createProofMaker,
  hardenPrototypes,
} from '#proofs';
import { createBoundedCanonicalizer } from '../../src/proofs/canonical/bounded.ts';
import {
  CREATED,
  goldenBadge,
  ISSUER,
  resolverOf,
  TEST_PH_CONTEXT,
  TEST_PH_URL,
  testKey,
} from '../support/golden-badge.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const maker = createProofMaker({ loader });
const checker = createProofChecker({ loader });
const { signer, method } = testKey(1);
const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
beforeAll(() => hardenPrototypes());
afterAll(() => checker.close());

/** The places where the JSON-LD library takes a string as an IRI, and some where it does not. */
function hostile(value: string): [string, JsonObject][] {
  const badge = goldenBadge();
  const subject = badge.credentialSubject as JsonObject;
  const achievement = subject.achievement as JsonObject;
  const inSubject = (member: JsonObject): JsonObject => ({ ...badge, credentialSubject: { ...subject, ...member } });
  return [
    ['issuer', { ...badge, issuer: value }],
    ['credentialSchema', { ...badge, credentialSchema: value }],
    ['image', { ...badge, image: value }],
    ['source', inSubject({ source: value })],
    ['relatedResource', { ...badge, relatedResource: value }],
    [
      'statusListCredential',
      { ...badge, credentialStatus: { ...(badge.credentialStatus as JsonObject), statusListCredential: value } },
    ],
    ['achievementType', inSubject({ achievement: { ...achievement, achievementType: value } })],
    ['evidence', { ...badge, evidence: [value] }],
    ['id', { ...badge, id: value }],
    ['type', { ...badge, type: ['VerifiableCredential', value] }],
    ['name', { ...badge, name: value }],
  ];
}

describe('R-1 prototype pollution through the JSON-LD library', () => {
  it('this process is hardened', () => {
    expect(() => assertHardened()).not.toThrow();
    expect('__proto__' in Object.prototype).toBe(false);
  });

  it.each(hostile('__proto__'))(
    '"__proto__" in %s is refused everywhere, and leaves nothing behind',
    async (_name, document) => {
      const before = await canonicalize(loader, goldenBadge());
      const names = Reflect.ownKeys(Object.prototype);
      const signed = await maker.sign(goldenBadge(), signer, CREATED);

      await expect(maker.sign(document, signer, CREATED)).rejects.toMatchObject({ kind: 'lint-failed' });
      await expect(canonicalize(loader, document)).rejects.toMatchObject({ code: 'forbidden_member' });
      const report = await checker.verify({ ...document, proof: signed.proof! }, expected, resolverOf(method));
      expect(report).toMatchObject({ outcome: 'fail', code: 'forbidden_member' });

      expect(Reflect.ownKeys(Object.prototype)).toEqual(names);
      expect(await canonicalize(loader, goldenBadge())).toBe(before);
      expect((await checker.verify(signed, expected, resolverOf(method))).outcome).toBe('pass');
    },
  );

  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'prototype'])(
    '"%s" in the same places leaves nothing behind either',
    async (value) => {
      const before = await canonicalize(loader, goldenBadge());
      for (const [, document] of hostile(value)) await canonicalize(loader, document).catch(() => undefined);
      expect(await canonicalize(loader, goldenBadge())).toBe(before);
    },
  );

  it('refuses it as a member name, in proofs, at every depth, with the pointer', async () => {
    const own = JSON.parse('{"a":[{"__proto__":1}]}') as JsonObject;
    expect(() => assertNoProto(own)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/a/0/__proto__' })] }),
    );
    expect(() => assertNoProto({ a: { b: ['__proto__'] } })).toThrow(/not allowed/);
    expect(() => assertNoProto(Object.create({ a: 1 }))).toThrow(/prototype/);
    expect(() => assertNoProto({ a: '\udfff' })).toThrow(/surrogate/);
    expect(() => assertNoProto({ a: ['__proto', 'x__proto__', null, 5, true] as Json })).not.toThrow();
    const signed = await maker.sign(goldenBadge(), signer, CREATED);
    for (const member of ['verificationMethod', 'proofValue', 'cryptosuite', 'domain', 'nonce']) {
      const proof = { ...(signed.proof as JsonObject), [member]: '__proto__' };
      expect((await checker.verify({ ...signed, proof }, expected, resolverOf(method))).code).toBe('forbidden_member');
    }
  });

  it('the worker thread is hardened as well', async () => {
    const bounded = createBoundedCanonicalizer(loader.source);
    for (const [name, document] of hostile('__proto__')) {
      await expect(bounded.run(document), name).rejects.toMatchObject({ code: 'forbidden_member' });
    }
    expect(await bounded.run(goldenBadge())).toBe(await canonicalize(loader, goldenBadge()));
    await bounded.close();
  });
});

/** Canonicalises a good, a hostile and the good document again by the bare library, in a process of its own. */
const SCRIPT = `
  import jsonld from 'jsonld';
  import { contexts } from '@digitalbazaar/credentials-context';
  if (process.env.HARDEN === 'yes') Object.preventExtensions(Object.prototype);
  const documentLoader = async (url) => ({ contextUrl: null, documentUrl: url, document: contexts.get(url) });
  const canonize = (document) => jsonld.canonize(document, { documentLoader, base: null, safe: true })
    .catch((error) => 'error ' + error.name);
  const good = { '@context': 'https://www.w3.org/ns/credentials/v2', id: 'urn:a', type: 'VerifiableCredential',
    issuer: 'urn:b', credentialSubject: { id: 'urn:c' } };
  const before = await canonize(good);
  const hostile = await canonize({ ...good, issuer: '__proto__' });
  const after = await canonize(good);
  console.log(JSON.stringify({
    good: before.startsWith('<urn:'),
    refused: hostile.startsWith('error'),
    same: before === after,
    polluted: Object.keys(Object.prototype).length > 0,
  }));
`;

function bareLibrary(execArgv: string[], harden: boolean): Record<string, boolean> {
  const stdout = execFileSync(process.execPath, [...execArgv, '--input-type=module', '-e', SCRIPT], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: { PATH: process.env.PATH, HARDEN: harden ? 'yes' : 'no' },
    encoding: 'utf8',
  });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, boolean>;
}

describe('R-1 in the bare library (defence in depth)', () => {
  it('exists: one document breaks every later one', () => {
    expect(bareLibrary([], false)).toMatchObject({ good: true, same: false, polluted: true });
  });

  it('does nothing when the prototype is closed', () => {
    expect(bareLibrary([], true)).toEqual({ good: true, refused: true, same: true, polluted: false });
  });

  it('does nothing when the accessor is deleted', () => {
    expect(bareLibrary(['--disable-proto=delete'], false)).toEqual({
      good: true,
      refused: true,
      same: true,
      polluted: false,
    });
  });

  it('a process without either is told so', () => {
    const script =
      "import { assertHardened } from './src/proofs/harden.ts'; try { assertHardened(); } catch (e) { console.log(e.message); }";
    const run = (...execArgv: string[]): string =>
      execFileSync(process.execPath, [...execArgv, '--input-type=module', '-e', script], {
        cwd: fileURLToPath(new URL('../../', import.meta.url)),
        env: { PATH: process.env.PATH },
        encoding: 'utf8',
      }).trim();
    expect(run()).toContain('--disable-proto=delete');
    expect(run('--disable-proto=delete')).toContain('hardenPrototypes()');
  });
});
