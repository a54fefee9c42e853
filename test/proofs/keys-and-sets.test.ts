import { createHash } from 'node:crypto';
import * as noble from '@noble/ed25519';
import { encode } from 'base58-universal';
import { afterAll, describe, expect, it } from 'vitest';
import type { MethodResolution } from '#identifiers';
import type { Json, JsonObject } from '#kernel';
import { canonicalize, createContextLoader, createProofChecker, createProofMaker } from '#proofs';
import {
  CREATED,
  goldenBadge,
  ISSUER,
  resolverOf,
  TEST_PH_CONTEXT,
  TEST_PH_URL,
  testKey,
} from '../support/golden-badge.ts';
import { libraryVerify } from './library.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const maker = createProofMaker({ loader });
const checker = createProofChecker({ loader, clock: { now: () => new Date('2026-11-03T00:00:00Z') } });
const { signer, method } = testKey(1);
const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
const signed = await maker.sign(goldenBadge(), signer, CREATED);
const proof = signed.proof as JsonObject;
afterAll(() => checker.close());

/** A proof with chosen options, rightly signed by the key: only the policy can refuse it. */
async function proofWith(
  options: JsonObject,
  key = testKey(1),
  document: JsonObject = goldenBadge(),
): Promise<JsonObject> {
  const configuration = {
    '@context': document['@context']!,
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: CREATED,
    verificationMethod: key.signer.verificationMethod,
    proofPurpose: 'assertionMethod',
    ...options,
  };
  const hash = async (value: Json) =>
    createHash('sha256')
      .update(await canonicalize(loader, value))
      .digest();
  const data = Buffer.concat([await hash(configuration), await hash(document)]);
  const { '@context': _, ...members } = configuration;
  return { ...members, proofValue: `z${encode(await key.signer.sign(data))}` };
}
const withProof = (value: Json): JsonObject => ({ ...goldenBadge(), proof: value });
const verify = (value: Json, resolve = resolverOf(method), more: Partial<typeof expected> = {}) =>
  checker.verify(withProof(value), { ...expected, ...more }, resolve);

describe('the signature', () => {
  it('agrees with a second Ed25519 implementation', async () => {
    noble.hashes.sha512 = (data) => createHash('sha512').update(data).digest();
    const { proofValue, ...configuration } = proof;
    const hash = async (value: Json) =>
      createHash('sha256')
        .update(await canonicalize(loader, value))
        .digest();
    const data = Buffer.concat([
      await hash({ '@context': signed['@context']!, ...configuration } as JsonObject),
      await hash(goldenBadge()),
    ]);
    const seed = Buffer.alloc(32, 1);
    expect(`z${encode(noble.sign(data, seed))}`).toBe(proofValue);
  });

  it('proofValue has one spelling: z and base58 of exactly 64 bytes', async () => {
    const value = String(proof.proofValue);
    const short = await firstByteZero();
    const bad: Json[] = [
      '',
      'z',
      value.slice(1),
      `u${value.slice(1)}`,
      `Z${value.slice(1)}`,
      `z1${value.slice(1)}`,
      `${value} `,
      `${value}0`,
      `${value}1`,
      value.slice(0, -4),
      `z${encode(new Uint8Array(64)).slice(1)}`,
      short.replace(/^z1/, 'z'),
      'z'.repeat(5000),
      null,
      5,
      [value],
      { '@value': value },
    ];
    for (const proofValue of bad) {
      const report = await verify({ ...proof, proofValue });
      expect(report.outcome, String(proofValue).slice(0, 99)).toBe('fail');
      if (typeof proofValue !== 'object') expect(report.code).toBe('proof_value_malformed');
    }
    const { proofValue: _, ...none } = proof;
    expect((await verify(none)).code).toBe('proof_value_malformed');
  });

  it('a signer that answers wrongly is not used', async () => {
    for (const answer of [new Uint8Array(64), new Uint8Array(63), new Uint8Array(0)]) {
      const broken = { ...signer, sign: async () => answer };
      await expect(maker.sign(goldenBadge(), broken, CREATED)).rejects.toMatchObject({ kind: 'signing-stopped' });
    }
    const mixed = { ...signer, publicKeyMultibase: testKey(2).signer.publicKeyMultibase };
    await expect(maker.sign(goldenBadge(), mixed, CREATED)).rejects.toMatchObject({ kind: 'signing-stopped' });
  });

  it('is not made over numbers or characters that libraries write differently', async () => {
    for (const [creditsEarned, accepted] of [
      [3.5, true],
      [1e-7, false],
      [0.30000000000000004, false],
      [2 ** 53, false],
      [-0, false],
    ] as const) {
      const badge = goldenBadge();
      (badge.credentialSubject as JsonObject).creditsEarned = creditsEarned;
      const made = maker.sign(badge, signer, CREATED);
      if (accepted) await made;
      else await expect(made).rejects.toMatchObject({ kind: 'lint-failed' });
    }
    const subject = (tag: string[]) => {
      const badge = goldenBadge();
      ((badge.credentialSubject as JsonObject).achievement as JsonObject).tag = tag;
      return badge;
    };
    await expect(maker.sign(subject(['\uff5e', '\u{1f600}']), signer, CREATED)).rejects.toMatchObject({
      kind: 'lint-failed',
    });
    await expect(maker.sign(subject(['\ud800']), signer, CREATED)).rejects.toMatchObject({ kind: 'lint-failed' });
    await maker.sign(subject(['\u{1f600}', 'a']), signer, CREATED);
    await expect(maker.sign({ ...goldenBadge(), proof: [] }, signer, CREATED)).rejects.toMatchObject({
      kind: 'lint-failed',
    });
    await expect(maker.sign(goldenBadge(), signer, '2026-11-02T08:00:00.5Z')).rejects.toBeInstanceOf(RangeError);
  });
});

/** A valid signature whose first byte is zero, which base58 writes as a leading 1. */
async function firstByteZero(): Promise<string> {
  for (let minute = 0; minute < 2000; minute++) {
    const created = new Date(Date.parse(CREATED) - minute * 60_000).toISOString().replace('.000', '');
    const data = createHash('sha512').update(created).digest();
    const value = `z${encode(await signer.sign(data))}`;
    if (value.startsWith('z1')) return value;
  }
  throw new Error('no signature began with zero');
}

describe('KP-4 purpose', () => {
  it('a proof for another purpose fails, whichever key made it', async () => {
    const authentication = await proofWith({ proofPurpose: 'authentication' });
    expect(await verify(authentication)).toMatchObject({ outcome: 'fail', code: 'wrong_purpose' });
    expect(await verify(proof, resolverOf(method), { purpose: 'authentication' as never })).toMatchObject({
      outcome: 'fail',
      code: 'wrong_purpose',
    });
    expect((await verify(authentication, resolverOf(method), { purpose: 'authentication' as never })).outcome).toBe(
      'pass',
    );
    const { proofPurpose: _, ...none } = proof;
    expect((await verify(none)).code).toBe('wrong_purpose');
  });

  it('asks for the key in the relationship of the purpose', async () => {
    const asked: string[] = [];
    await checker.verify(signed, expected, async (id, relationship): Promise<MethodResolution> => {
      asked.push(`${relationship} ${id}`);
      return { outcome: 'refused', code: 'method_not_listed', detail: '' };
    });
    expect(asked).toEqual([`assertionMethod ${method.id}`]);
  });
});

describe('KP-5 key confusion', () => {
  const OTHER = 'did:web:badges.example.ph:institutions:ibang-kolehiyo';
  const other = testKey(2, OTHER);
  const resolve = resolverOf(method, other.method);

  it('the key of another institution fails, and its document is not asked', async () => {
    const asking = resolverOf(method, other.method);
    expect(await verify(await proofWith({}, other), asking)).toMatchObject({
      outcome: 'fail',
      code: 'method_not_issuer',
    });
    expect(asking.asked).toEqual([]);
  });

  it.each([
    ['no fragment', ISSUER],
    ['empty fragment', `${ISSUER}#`],
    ['two fragments', `${ISSUER}#key-1-assertion#x`],
    ['fragment of another DID', `${OTHER}#${ISSUER}#key-1-assertion`],
    ['query', `${ISSUER}?service=x#key-1-assertion`],
    ['path', `${ISSUER}/x#key-1-assertion`],
    ['prefix of the issuer', `${ISSUER}x#key-1-assertion`],
    ['upper case', `${ISSUER.toUpperCase()}#key-1-assertion`],
    ['did:key for a did:web issuer', `did:key:${signer.publicKeyMultibase}#${signer.publicKeyMultibase}`],
    ['https for a did:web issuer', 'https://badges.example.ph/institutions/malayang-kolehiyo#key-1-assertion'],
    ['relative', '#key-1-assertion'],
  ])('%s', async (_name, verificationMethod) => {
    const everything = async (id: string): Promise<MethodResolution> => ({
      outcome: 'ok',
      method: { ...method, id, controller: id.split('#')[0]! },
      document: {},
    });
    const forged = { ...proof, verificationMethod };
    const report = await checker.verify(withProof(forged), expected, everything);
    expect(report).toMatchObject({ outcome: 'fail', code: 'method_not_issuer' });
  });

  it('an embedded method, a controller or id mismatch, or another kind of key fails', async () => {
    expect((await verify({ ...proof, verificationMethod: { ...method } })).code).toBe('proof_malformed');
    const answer = (more: object) => async (): Promise<MethodResolution> => ({
      outcome: 'ok',
      method: { ...method, ...more },
      document: {},
    });
    const with_ = async (more: object) => (await checker.verify(signed, expected, answer(more))).code;
    expect(await with_({ controller: OTHER })).toBe('method_not_issuer');
    expect(await with_({ id: `${ISSUER}#key-2-assertion` })).toBe('method_not_issuer');
    expect(await with_({ publicKeyMultibase: other.method.publicKeyMultibase })).toBe('signature_invalid');
    expect(await with_({ publicKeyMultibase: 'zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv' })).toBe(
      'key_wrong_kind',
    );
    expect(await with_({ publicKeyMultibase: `u${method.publicKeyMultibase.slice(1)}` })).toBe('key_malformed');
    expect(await with_({})).toBe('signature_valid');
  });

  it('another issuer is expected than the one who signed', async () => {
    expect(await verify(proof, resolve, { controller: OTHER })).toMatchObject({
      outcome: 'fail',
      code: 'method_not_issuer',
    });
  });

  it('an https issuer with keys at its own address passes; a key of another controller does not', async () => {
    const controller = 'https://issuer.example.ph/profile';
    const https = testKey(3, controller, 'key-1');
    const value = await proofWith({}, https);
    expect((await verify(value, resolverOf(https.method), { controller })).outcome).toBe('pass');
    const foreign = { ...https.method, controller: 'https://other.example.ph/profile' };
    expect((await verify(value, resolverOf(foreign), { controller })).code).toBe('method_not_issuer');
  });

  it('what the resolver could not find out stays unknown, what it refused fails', async () => {
    for (const outcome of ['unknown', 'refused'] as const) {
      const report = await checker.verify(signed, expected, async () => ({
        outcome,
        code: 'did_unreachable',
        detail: 'x',
      }));
      expect(report).toMatchObject({ outcome: outcome === 'refused' ? 'fail' : 'unknown', code: 'did_unreachable' });
    }
  });

  it.each([
    ['revoked before', { revoked: '2026-11-02T07:59:59Z' }, 'key_revoked'],
    ['revoked at', { revoked: CREATED }, 'key_revoked'],
    ['revoked after', { revoked: '2026-11-02T08:00:01Z' }, 'signature_valid'],
    ['expired before', { expires: '2026-11-02T16:00:00+08:00' }, 'key_expired'],
    ['expires after', { expires: '2026-11-02T16:00:01+08:00' }, 'signature_valid'],
    ['malformed', { revoked: 'yesterday' }, 'key_malformed'],
  ])('key %s', async (_name, more, code) => {
    const report = await verify(proof, resolverOf({ ...method, ...more }));
    expect(report.code).toBe(code);
  });

  it('a proof that does not say when it was made cannot use an ended key', async () => {
    const value = await proofWith({});
    const { created: _, ...undated } = value;
    expect(
      (await verify(undated, resolverOf({ ...method, revoked: '2030-01-01T00:00:00Z' } as typeof method))).code,
    ).toBe('key_revoked');
  });

  it('an expired proof fails; one that expires later passes', async () => {
    expect((await verify(await proofWith({ expires: '2026-11-02T23:59:59Z' }))).code).toBe('proof_expired');
    expect((await verify(await proofWith({ expires: '2026-11-03T00:00:01Z' }))).code).toBe('signature_valid');
    expect((await verify({ ...proof, expires: 'soon' })).code).toBe('proof_malformed');
    expect((await verify({ ...proof, created: '2026-11-02' })).code).toBe('proof_malformed');
  });
});

describe('KP-8 sets of proofs', () => {
  const bad = { ...proof, proofValue: `z${encode(new Uint8Array(64).fill(7))}` };
  const foreign = () => proofWith({}, testKey(2, 'did:web:other.example'));
  const strange = { type: 'RsaSignature2018', created: CREATED, proofPurpose: 'assertionMethod', proofValue: 'z1' };
  const future = { ...proof, cryptosuite: 'mldsa44-rdfc-2024' };

  it.each<[string, () => Json | Promise<Json>, string, string[]]>([
    ['one in a list', () => [proof], 'pass', ['signature_valid']],
    ['the same twice', () => [proof, proof], 'pass', ['signature_valid', 'signature_valid']],
    ['a foreign proof as well', async () => [await foreign(), proof], 'pass', ['method_not_issuer', 'signature_valid']],
    [
      'an unknown suite as well',
      () => [future, proof, strange],
      'pass',
      ['unsupported_suite', 'signature_valid', 'unsupported_suite'],
    ],
    ['an invalid one as well', () => [bad, proof], 'pass', ['signature_invalid', 'signature_valid']],
    ['only a foreign proof', async () => [await foreign()], 'fail', ['method_not_issuer']],
    ['only an invalid one', () => [bad, bad], 'fail', ['signature_invalid', 'signature_invalid']],
    ['only unknown suites', () => [strange, future], 'unknown', ['unsupported_suite', 'unsupported_suite']],
    ['invalid and unknown', () => [bad, strange], 'unknown', ['signature_invalid', 'unsupported_suite']],
    [
      'type of one, suite of another',
      () => [{ ...proof, type: 'Ed25519Signature2020' }],
      'unknown',
      ['unsupported_suite'],
    ],
    ['suite only', () => [{ ...proof, cryptosuite: 'EDDSA-RDFC-2022' }], 'unknown', ['unsupported_suite']],
    ['a chain to nothing', () => [{ ...proof, previousProof: 'urn:uuid:1' }], 'fail', ['previous_proof_missing']],
    [
      'not objects',
      () => ['x', null, 5, [proof]],
      'fail',
      ['proof_malformed', 'proof_malformed', 'proof_malformed', 'proof_malformed'],
    ],
    ['none', () => [], 'fail', []],
    ['null', () => null, 'fail', []],
    ['too many', () => [proof, proof, proof, proof, proof], 'unknown', []],
    ['a proof inside the proof', () => [{ ...proof, proof }], 'fail', ['dropped_term']],
  ])('%s', async (_name, value, outcome, codes) => {
    const report = await verify(await value());
    expect(report.outcome).toBe(outcome);
    expect(report.proofs.map(({ code }) => code)).toEqual(codes);
  });

  it('order does not matter', async () => {
    const set = [strange, proof, bad];
    const forwards = await verify(set);
    const backwards = await verify([...set].reverse());
    expect(forwards.outcome).toBe(backwards.outcome);
    expect(forwards.code).toBe(backwards.code);
  });

  it('a proof over a part of the document covers nothing', async () => {
    const document = { ...goldenBadge(), evidence: [] };
    const partial = await proofWith({}, testKey(1), document);
    expect(await verify(partial)).toMatchObject({ outcome: 'fail', code: 'signature_invalid' });
  });

  it('a proof moved into the subject is not a proof', async () => {
    const badge = goldenBadge();
    const subject = { ...(badge.credentialSubject as JsonObject), proof };
    const report = await checker.verify({ ...badge, credentialSubject: subject }, expected, resolverOf(method));
    expect(report).toMatchObject({ outcome: 'fail', code: 'no_proof' });
  });

  it('the reference library agrees on single proofs', async () => {
    for (const value of [proof, bad, await foreign(), { ...proof, created: '2026-11-02T08:00:01Z' }]) {
      const ours = (await verify(value)).outcome === 'pass';
      expect(await libraryVerify(loader, withProof(value), method)).toBe(ours);
    }
  });
});
