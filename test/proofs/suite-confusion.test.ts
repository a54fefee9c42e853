import { createECDH, sign } from 'node:crypto';
import { decode, encode } from 'base58-universal';
import { afterAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#kernel';
import { createProofChecker } from '#proofs';
import { CREATED, goldenBadge, ISSUER, resolverOf } from '../support/golden-badge.ts';
import { forged } from './forge.ts';
import { ALGORITHMS, keyOf } from './keys.ts';
import { badgeFor, loader, MADE, maker, SUITES, signedWith } from './made.ts';

const checker = createProofChecker({ loader, clock: { now: () => new Date('2026-11-03T00:00:00Z') } });
const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
afterAll(() => checker.close());

const verify = (document: JsonObject, ...keys: ReturnType<typeof keyOf>[]) =>
  checker.verify(document, expected, resolverOf(...keys.map(({ method }) => method)));
const proofOf = (document: JsonObject): JsonObject => document.proof as JsonObject;

describe('KP-1 kind of key and suite', () => {
  it('no suite signs with a key of another kind', async () => {
    let refused = 0;
    for (const cryptosuite of SUITES) {
      for (const algorithm of ALGORITHMS) {
        const takes =
          cryptosuite === 'ecdsa-sd-2023'
            ? algorithm === 'P-256'
            : MADE.some(([s, a]) => s === cryptosuite && a === algorithm);
        const made = maker.sign(badgeFor(cryptosuite), keyOf(algorithm).signer, CREATED, { cryptosuite });
        if (takes) await made;
        else {
          await expect(made, `${cryptosuite} ${algorithm}`).rejects.toMatchObject({
            errors: [{ code: 'key_wrong_kind' }],
          });
          refused++;
        }
      }
    }
    expect(refused).toBe(13);
  });

  it('no proof verifies by a key of another kind, though it be the one that signed', async () => {
    let refused = 0;
    for (const suite of [...SUITES, 'eddsa-2022']) {
      for (const algorithm of ALGORITHMS) {
        if (suite === 'ecdsa-sd-2023' ? algorithm === 'P-256' : MADE.some(([s, a]) => s === suite && a === algorithm))
          continue;
        if (suite === 'eddsa-2022' && algorithm === 'Ed25519') continue;
        const key = keyOf(algorithm);
        const document = { ...goldenBadge(), proof: await forged(suite, key, algorithm) };
        const report = await verify(document, key);
        expect(report.outcome, `${suite} ${algorithm}`).toBe('fail');
        // RSA signatures do not even have the length of one.
        expect(['key_wrong_kind', 'proof_value_malformed']).toContain(report.code);
        if (algorithm !== 'RSA' && suite !== 'ecdsa-sd-2023') expect(report.code).toBe('key_wrong_kind');
        refused++;
      }
    }
    console.log(`KP-1: ${refused} pairs of suite and key refused`);
  });

  it('a proof does not move to another suite, with either name or both', async () => {
    let refused = 0;
    for (const [suite, algorithm] of [...MADE, ['ecdsa-sd-2023', 'P-256'] as const]) {
      const key = keyOf(algorithm);
      const signed = await signedWith(suite, algorithm);
      const names: [string, string | undefined][] = [
        ...[...SUITES, 'eddsa-2022']
          .filter((name) => name !== suite)
          .map((name): [string, string] => ['DataIntegrityProof', name]),
        ['Ed25519Signature2020', undefined],
        ['Ed25519Signature2020', suite],
        ['DataIntegrityProof', undefined],
        ['DataIntegrityProof', 'Ed25519Signature2020'],
        [suite, undefined],
      ];
      for (const [type, cryptosuite] of names) {
        const { cryptosuite: _, ...rest } = proofOf(signed);
        const report = await verify({ ...signed, proof: { ...rest, type, ...(cryptosuite && { cryptosuite }) } }, key);
        expect(report.outcome, `${suite} as ${type} ${cryptosuite}`).not.toBe('pass');
        if (type === 'DataIntegrityProof' && cryptosuite && !(cryptosuite in { Ed25519Signature2020: 1 })) {
          expect(report.outcome, `${suite} as ${cryptosuite}`).toBe('fail');
        }
        refused++;
      }
    }
    console.log(`${refused} proofs under another name refused`);
  });
});

describe('KP-3 and the form of a signature', () => {
  const N = {
    'P-256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    'P-384': 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  };
  it.each(['P-256', 'P-384'] as const)(
    'the twin of a %s signature says the same of the same document',
    async (algorithm) => {
      const key = keyOf(algorithm);
      const signed = await signedWith('ecdsa-rdfc-2019', algorithm);
      const bytes = Buffer.from(decode(String(proofOf(signed).proofValue).slice(1)));
      const half = bytes.length / 2;
      const s = BigInt(`0x${bytes.subarray(half).toString('hex')}`);
      const twin = Buffer.concat([
        bytes.subarray(0, half),
        Buffer.from((N[algorithm] - s).toString(16).padStart(half * 2, '0'), 'hex'),
      ]);
      const other = { ...signed, proof: { ...proofOf(signed), proofValue: `z${encode(twin)}` } };
      const [first, second] = [await verify(signed, key), await verify(other, key)];
      expect(first.outcome).toBe('pass');
      // Both hold, so no identity may come from the bytes of a signature: the report carries none.
      expect(second).toEqual(first);
      expect(JSON.stringify(second)).not.toContain(String(proofOf(signed).proofValue).slice(1, 20));
    },
  );

  it.each(MADE)('%s with %s: one length, one spelling, r and s side by side', async (suite, algorithm, bytes) => {
    const key = keyOf(algorithm);
    const signed = await signedWith(suite, algorithm);
    const value = String(proofOf(signed).proofValue);
    const signature = Buffer.from(decode(value.slice(1)));
    const z = (data: Uint8Array): string => `z${encode(data)}`;
    const der = sign(
      'sha256',
      Buffer.from('x'),
      key.privateKey.asymmetricKeyType === 'ec' ? key.privateKey : keyOf('P-256').privateKey,
    );
    const bad: Json[] = [
      z(der),
      `u${signature.toString('base64url')}`,
      `u${value.slice(1)}`,
      `m${signature.toString('base64')}`,
      value.slice(1),
      z(signature.subarray(1)),
      z(Buffer.concat([signature, Buffer.of(0)])),
      z(Buffer.concat([Buffer.of(0), signature])),
      z(Buffer.concat([signature, signature])),
      z(Buffer.alloc(bytes - 1, 1)),
      z(Buffer.alloc(bytes + 1, 1)),
      `z1${value.slice(1)}`,
      '',
      null,
      { '@value': value },
    ];
    for (const proofValue of bad) {
      const report = await verify({ ...signed, proof: { ...proofOf(signed), proofValue } }, key);
      expect(report.outcome, JSON.stringify(proofValue)).toBe('fail');
    }
    // The length of the other curve, and values that no signature has.
    for (const data of [Buffer.alloc(160 - bytes, 7), Buffer.alloc(bytes), Buffer.alloc(bytes, 255)]) {
      const report = await verify({ ...signed, proof: { ...proofOf(signed), proofValue: z(data) } }, key);
      expect(report).toMatchObject({ outcome: 'fail', code: 'signature_invalid' });
    }
  });

  it('A29, A30: an ECDSA signature beginning with zero keeps its leading 1, and only one', async () => {
    const key = keyOf('P-256');
    for (let attempt = 0; attempt < 4000; attempt++) {
      const proof = await forged('ecdsa-rdfc-2019', key, 'P-256');
      const value = String(proof.proofValue);
      if (!value.startsWith('z1')) continue;
      expect((await verify({ ...goldenBadge(), proof }, key)).outcome).toBe('pass');
      for (const proofValue of [value.replace('z1', 'z'), value.replace('z1', 'z11')]) {
        expect((await verify({ ...goldenBadge(), proof: { ...proof, proofValue } }, key)).code).toBe(
          'proof_value_malformed',
        );
      }
      return;
    }
    throw new Error('no signature began with zero');
  });

  it('a P-256 point given uncompressed, or of another curve, is no key', async () => {
    const key = keyOf('P-256');
    const signed = await signedWith('ecdsa-rdfc-2019', 'P-256');
    const ecdh = createECDH('prime256v1');
    ecdh.setPrivateKey(Buffer.alloc(32, 1));
    const header = Buffer.of(0x80, 0x24);
    for (const publicKeyMultibase of [
      `z${encode(Buffer.concat([header, ecdh.getPublicKey()]))}`,
      `z${encode(Buffer.concat([header, Buffer.of(2), Buffer.alloc(32, 255)]))}`,
      `z${encode(Buffer.concat([Buffer.of(0xe7, 0x01), ecdh.getPublicKey(null, 'compressed')]))}`,
      key.method.publicKeyMultibase.replace(/^z/, 'u'),
    ]) {
      const report = await checker.verify(signed, expected, resolverOf({ ...key.method, publicKeyMultibase }));
      expect(report).toMatchObject({ outcome: 'fail', code: 'key_malformed' });
    }
  });
});
