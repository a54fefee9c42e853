import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import { encode } from 'base58-universal';
import { describe, expect, it } from 'vitest';
import { algorithmOf, type KeyAlgorithm, publicKeyOf, readPublicJwk, readPublicKey, verifySignature } from '#keystore';
import { hasRocaForm } from '../../src/keystore/roca.ts';

const PAIRS: Record<KeyAlgorithm, { publicKey: KeyObject; privateKey: KeyObject }> = {
  Ed25519: generateKeyPairSync('ed25519'),
  'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const HASH = { Ed25519: null, 'P-256': 'sha256', 'P-384': 'sha384', RSA: 'sha256' } as const;
const data = Buffer.from('the data');

describe.each(Object.entries(PAIRS))('a public key of %s', (name, { publicKey, privateKey }) => {
  const algorithm = name as KeyAlgorithm;
  const read = publicKeyOf(publicKey);

  it('has one text and one JWK, and both lead back to it', () => {
    expect(read.algorithm).toBe(algorithm);
    expect(readPublicKey(read.multibase)).toMatchObject({ algorithm, multibase: read.multibase, jwk: read.jwk });
    expect(readPublicJwk({ ...read.jwk, kid: 'mine', use: 'sig' }).multibase).toBe(read.multibase);
    expect(algorithmOf(read.multibase)).toBe(algorithm);
    expect(Object.keys(read.jwk).filter((member) => ['d', 'p', 'q', 'k'].includes(member))).toEqual([]);
  });

  it('verifies signatures in the form of the standards, and no others', () => {
    const dsaEncoding = 'ieee-p1363' as const;
    const signature = sign(HASH[algorithm], data, { key: privateKey, dsaEncoding });
    expect(verifySignature(read, data, signature)).toBe(true);
    expect(verifySignature(read, Buffer.from('other data'), signature)).toBe(false);
    expect(verifySignature(read, data, signature.subarray(1))).toBe(false);
    expect(verifySignature(read, data, Buffer.concat([signature, Buffer.of(0)]))).toBe(false);
    expect(verifySignature(read, data, new Uint8Array())).toBe(false);
  });

  it('is refused in every other spelling', () => {
    const { multibase, jwk } = read;
    for (const text of [
      multibase.slice(0, -1),
      `${multibase}1`,
      `z1${multibase.slice(1)}`,
      `m${multibase.slice(1)}`,
      '',
      'z',
    ])
      expect(() => readPublicKey(text), text).toThrow();
    const member = jwk.kty === 'RSA' ? 'n' : 'x';
    for (const value of [`${String(jwk[member])}=`, `AA${String(jwk[member])}`, '', 5])
      expect(() => readPublicJwk({ ...jwk, [member]: value }), String(value)).toThrow();
  });
});

describe('keys that are not strong', () => {
  it('refuses RSA keys that are short, long or of another exponent', () => {
    for (const options of [{ modulusLength: 1024 }, { modulusLength: 2048, publicExponent: 3 }])
      expect(() => publicKeyOf(generateKeyPairSync('rsa', options).publicKey)).toThrow(/RSA/);
  });

  it('refuses other encodings of a good RSA key (KP-2)', () => {
    const { key, multibase } = publicKeyOf(PAIRS.RSA.publicKey);
    const der = key.export({ format: 'der', type: 'pkcs1' });
    const text = (body: Uint8Array) => `z${encode(Uint8Array.of(0x85, 0x24, ...body))}`;
    expect(text(der)).toBe(multibase);
    const longer = (more: number) => {
      const head = Buffer.from(der.subarray(0, 4));
      head.writeUInt16BE(head.readUInt16BE(2) + more, 2);
      return head;
    };
    const [body, exponent] = [der.subarray(4, -5), Buffer.from('0203010001', 'hex')];
    const zero = Buffer.concat([longer(1), body, Buffer.from('020400010001', 'hex')]);
    const long = Buffer.concat([longer(1), body, Buffer.from('028103010001', 'hex')]);
    const more = Buffer.concat([longer(2), body, exponent, Buffer.from('0500', 'hex')]);
    for (const other of [zero, long, more, Buffer.concat([der, Buffer.alloc(1)])]) {
      expect(() => readPublicKey(text(other)), other.toString('hex')).toThrow();
    }
  });

  it('refuses a modulus of any length before it computes with it (DS-7)', () => {
    const start = process.threadCpuUsage();
    for (const bytes of [513, 8_192, 48_000]) {
      const n = Buffer.alloc(bytes, 0xab).toString('base64url');
      expect(() => readPublicJwk({ kty: 'RSA', n, e: 'AQAB' })).toThrow(/4096/);
      expect(() =>
        readPublicJwk({ kty: 'RSA', n: String(PAIRS.RSA.publicKey.export({ format: 'jwk' }).n), e: n }),
      ).toThrow(/4096/);
    }
    // It was five seconds for the longest that a document can hold.
    expect(process.threadCpuUsage(start).user).toBeLessThan(1_000_000);
  });

  it('refuses points off the curve and curves that are not read', () => {
    const { jwk } = publicKeyOf(PAIRS['P-256'].publicKey);
    const y = Buffer.from(String(jwk.y), 'base64url');
    y[0]! ^= 1;
    expect(() => readPublicJwk({ ...jwk, y: y.toString('base64url') })).toThrow();
    for (const namedCurve of ['secp256k1', 'P-521'])
      expect(() => publicKeyOf(generateKeyPairSync('ec', { namedCurve }).publicKey)).toThrow();
  });

  it('writes P-256 and P-384 as the published library does', async () => {
    for (const curve of ['P-256', 'P-384'] as const) {
      const library = await EcdsaMultikey.generate({ curve });
      const { publicKeyMultibase } = await library.export({ publicKey: true });
      expect(readPublicKey(publicKeyMultibase).multibase).toBe(publicKeyMultibase);
    }
  });
});

describe('RSA keys whose private half can be computed (CVE-2017-15361)', () => {
  const text = (modulus: bigint): string =>
    Buffer.from(modulus.toString(16).padStart(64, '0'), 'hex').toString('base64url');
  it('are known by the form of their modulus', () => {
    const product = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157].reduce(
      (all, one) => all * BigInt(one),
      1n,
    );
    let power = 1n;
    for (let exponent = 0; exponent < 50; exponent++) {
      expect(hasRocaForm(text(power + 7n * product))).toBe(true);
      power = (power * 65_537n) % product;
    }
  });
  it('and no other modulus is', () => {
    for (let seed = 0n; seed < 5_000n; seed++) {
      const digest = createHash('sha256').update(String(seed)).digest();
      expect(hasRocaForm(digest.toString('base64url'))).toBe(false);
    }
  });
});
