import {
  generateKeyPairSync,
  type KeyObject,
  ECDH as NodeECDH,
  createHash as nodeHash,
  createPublicKey as nodeKey,
  verify as nodeVerify,
  sign,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP as nodeIsIP } from 'node:net';
import { deflateRawSync, deflateSync, gzipSync, crc32 as nodeCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Buffer as BrowserBuffer } from '../../src/sdk/browser/buffer.ts';
import { createHash, createPublicKey, ECDH, hash, verify } from '../../src/sdk/browser/crypto.ts';
import { isDeepStrictEqual, isIP } from '../../src/sdk/browser/platform.ts';
import { crc32, inflateRawSync, inflateSync } from '../../src/sdk/browser/zlib.ts';
import { later, untilAnswered } from '../../src/sdk/later.ts';
import { havingVectors, VECTORS } from '../proofs/vector-contexts.ts';

/** What a browser has in the place of Node's modules answers as they do, or does not answer at all. */
const bytes = fc.uint8Array({ maxLength: 300 });
const ENCODINGS = ['utf8', 'latin1', 'hex', 'base64', 'base64url'] as const;

describe('Buffer', () => {
  it.each(ENCODINGS)('writes and reads text as Node does (%s)', (encoding) => {
    fc.assert(
      fc.property(bytes, (data) => {
        expect(BrowserBuffer.from(data).toString(encoding)).toBe(Buffer.from(data).toString(encoding));
      }),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('\ud800', '\udfff', '\ufeff', 'é', 'A', 'z', '9', '-', '_', '+', '/', '=', ' ', '\n'),
      }),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect(Buffer.compare(BrowserBuffer.from(given, encoding), Buffer.from(given, encoding))).toBe(0);
      }),
    );
  });

  it('joins, compares, cuts and reads numbers as Node does', () => {
    fc.assert(
      fc.property(bytes, bytes, fc.nat(40), (a, b, at) => {
        const [own, theirs] = [BrowserBuffer.concat([a, b]), Buffer.concat([a, b])];
        expect([...own]).toEqual([...theirs]);
        expect(BrowserBuffer.compare(a, b)).toBe(Buffer.compare(a, b));
        expect(BrowserBuffer.from(a).equals(b)).toBe(Buffer.from(a).equals(b));
        expect([...own.subarray(at, at + 9)]).toEqual([...theirs.subarray(at, at + 9)]);
        for (const read of ['readUInt16BE', 'readUInt16LE', 'readUInt32BE', 'readUInt32LE'] as const) {
          const [one, other] = [own, theirs].map((from) => attempt(() => from[read](at)));
          expect(one).toEqual(other);
        }
      }),
    );
    const shared = BrowserBuffer.alloc(4);
    shared.slice(1, 2)[0] = 7;
    expect([...shared]).toEqual([0, 7, 0, 0]);
    expect(() => BrowserBuffer.from('a', 'utf16le')).toThrow(TypeError);
    expect(() => BrowserBuffer.from({ length: 3 })).toThrow(TypeError);
  });
});

describe('node:crypto', () => {
  it('hashes as Node does, and knows no other hash', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom('sha256', 'sha384', 'sha512'), (data, name) => {
        const expected = nodeHash(name).update(data).digest('hex');
        expect(hash(name, data)).toBe(expected);
        expect(createHash(name).update(data).digest('hex')).toBe(expected);
      }),
    );
    expect(() => createHash('md5')).toThrow('no such hash');
    expect(() => hash('constructor', 'a')).toThrow('no such hash');
  });

  it.each([
    ['P-256', 'prime256v1', 32],
    ['P-384', 'secp384r1', 48],
  ] as const)('reads points of %s as Node does, and refuses the others', (namedCurve, openssl, size) => {
    for (let round = 0; round < 8; round++) {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve });
      const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string };
      const raw = Uint8Array.of(2 + (Buffer.from(y, 'base64url').at(-1)! & 1), ...Buffer.from(x, 'base64url'));
      expect([...ECDH.convertKey(raw, openssl)]).toEqual([
        4,
        ...Buffer.from(x, 'base64url'),
        ...Buffer.from(y, 'base64url'),
      ]);
      const other = Uint8Array.of(...raw.subarray(0, size), raw.at(-1)! ^ 1);
      const both = [
        attempt(() => [...ECDH.convertKey(other, openssl)]),
        attempt(() => [...(NodeECDH.convertKey(other, openssl, undefined, undefined, 'uncompressed') as Buffer)]),
      ];
      expect(both[0]).toEqual(both[1]);
      const jwk = { kty: 'EC', crv: namedCurve, x, y: x } as const;
      expect(() => nodeKey({ key: jwk, format: 'jwk' })).toThrow();
      expect(() => createPublicKey({ key: jwk, format: 'jwk' })).toThrow();
    }
  });

  it.each([
    ['Ed25519', null, () => generateKeyPairSync('ed25519')],
    ['P-256', 'sha256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['P-384', 'sha384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['RSA', 'sha256', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ] as const)('verifies %s as Node does, and takes nothing that was changed', async (kind, name, make) => {
    const { publicKey, privateKey } = make() as { publicKey: KeyObject; privateKey: KeyObject };
    const key = createPublicKey({ key: publicKey.export({ format: 'jwk' }) as never, format: 'jwk' });
    expect(key.export({ format: 'jwk' })).toEqual(publicKey.export({ format: 'jwk' }));
    if (kind === 'RSA') {
      const der = publicKey.export({ format: 'der', type: 'pkcs1' });
      expect([...(key.export({ format: 'der' }) as Uint8Array)]).toEqual([...der]);
      expect(createPublicKey({ key: der, format: 'der', type: 'pkcs1' }).jwk).toEqual(key.jwk);
      expect(() => createPublicKey({ key: Uint8Array.of(...der, 0), format: 'der', type: 'pkcs1' })).toThrow(TypeError);
      expect(key.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65537n });
    }
    const ec = kind.startsWith('P-');
    const data = Buffer.from('SPECIMEN');
    const signature = sign(name, data, ec ? { key: privateKey, dsaEncoding: 'ieee-p1363' } : privateKey);
    const asked = (over: Uint8Array, by: Uint8Array) =>
      untilAnswered(async () => verify(name, over, ec ? { key, dsaEncoding: 'ieee-p1363' } : key, by));
    expect(await asked(data, signature)).toBe(true);
    for (const at of [0, 31, 33, signature.length - 1]) {
      const changed = Uint8Array.from(signature, (byte, index) => (index === at ? byte ^ 1 : byte));
      expect(await asked(data, changed)).toBe(false);
    }
    expect(await asked(Buffer.from('specimen'), signature)).toBe(false);
    if (kind === 'Ed25519') {
      // S + the order of the group: the same equation, and another signature.
      const order = 2n ** 252n + 27742317777372353535851937790883648493n;
      const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order;
      const more = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
      const both = Buffer.concat([signature.subarray(0, 32), more]);
      expect([await asked(data, both), nodeVerify(null, data, publicKey, both)]).toEqual([false, false]);
    }
  });
});

if (!havingVectors) console.log('Wycheproof files are not here: their tests did not run');
interface Group {
  publicKeyPem: string;
  tests: { tcId: number; msg: string; sig: string; result: 'valid' | 'invalid' }[];
}

describe.runIf(havingVectors)('Wycheproof, by what a browser has', () => {
  it.each([
    ['ed25519_test', null, 151],
    ['ecdsa_secp256r1_sha256_p1363_test', 'sha256', 262],
  ])('%s', async (file, name, total) => {
    const { testGroups } = JSON.parse(readFileSync(new URL(`wycheproof/${file}.json`, VECTORS), 'utf8')) as {
      testGroups: Group[];
    };
    let asked = 0;
    for (const { publicKeyPem, tests } of testGroups) {
      const jwk = nodeKey(publicKeyPem).export({ format: 'jwk' }) as never;
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      for (const { tcId, msg, sig, result } of tests) {
        const [data, signature] = [Buffer.from(msg, 'hex'), Buffer.from(sig, 'hex')];
        const given = name ? ({ key, dsaEncoding: 'ieee-p1363' } as const) : key;
        const verified = await untilAnswered(async () => verify(name, data, given, signature));
        expect([tcId, verified]).toEqual([tcId, result === 'valid']);
        asked++;
      }
    }
    expect(asked).toBe(total);
  });
});

describe('node:zlib', () => {
  const limits = (maxOutputLength: number) => ({ maxOutputLength, info: true }) as const;
  const member = (data: Uint8Array) => Buffer.concat([deflateRawSync(data), gzipSync(data).subarray(-8)]);

  it('inflates what Node deflates, to the end and no further', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (data) => {
      const [zlib, raw] = [deflateSync(data), member(data)];
      const one = await untilAnswered(async () => inflateSync(zlib, limits(5_000)));
      const other = await untilAnswered(async () => inflateRawSync(raw, limits(5_000)));
      expect([[...one.buffer], one.engine.bytesWritten]).toEqual([[...data], zlib.length]);
      expect([[...other.buffer], other.engine.bytesWritten]).toEqual([[...data], raw.length - 8]);
      expect(crc32(data)).toBe(nodeCrc32(data));
    });
    await fc.assert(property, { numRuns: 30 });
  });

  it('stops at the cap, and refuses what is cut off or has more behind it', async () => {
    const bomb = deflateSync(Buffer.alloc(4_000_000));
    const fate = (packed: Uint8Array, most = 1_000) =>
      untilAnswered(async () => inflateSync(packed, limits(most))).catch(
        (error: { code?: string }) => error.code ?? 'refused',
      );
    expect(await fate(bomb)).toBe('ERR_BUFFER_TOO_LARGE');
    const good = deflateSync(Buffer.from('SPECIMEN'));
    expect(await fate(good.subarray(0, -3))).not.toHaveProperty('buffer');
    expect(await fate(Buffer.concat([good, good]))).not.toHaveProperty('buffer');
    expect(await fate(good)).toHaveProperty('buffer');
  });
});

describe('the rest of Node', () => {
  it('knows addresses and equal JSON as Node does', () => {
    for (const text of [
      '127.0.0.1',
      '256.1.1.1',
      '01.2.3.4',
      '1.2.3',
      '::1',
      'fe80::',
      'badges.example',
      'a:b',
      '1.2.3.4.5',
    ]) {
      expect([text, isIP(text)]).toEqual([text, nodeIsIP(text)]);
    }
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(isDeepStrictEqual(a, structuredClone(a))).toBe(true);
        expect(isDeepStrictEqual(a, b)).toBe(
          Object.is(JSON.stringify(a), JSON.stringify(b)) || isDeepStrictEqual(b, a),
        );
      }),
    );
    expect(isDeepStrictEqual({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
    for (const [a, b] of [
      [{}, []],
      [{ a: 1 }, { a: 1, b: 2 }],
      [
        [1, 2],
        [2, 1],
      ],
      [null, {}],
      [{ a: undefined }, { b: undefined }],
    ]) {
      expect(isDeepStrictEqual(a, b)).toBe(false);
    }
  });
});

describe('what is answered later', () => {
  it('is asked once, and what was done without it is thrown away', async () => {
    let [runs, asked] = [0, 0];
    const answer = await untilAnswered(async () => {
      runs++;
      const found = await Promise.resolve().then(() =>
        later('a', async () => {
          asked++;
          return 1;
        }),
      );
      return found + later('b', async () => 10);
    });
    expect([answer, runs, asked]).toEqual([11, 3, 1]);
  });

  it('is never taken for an answer: not by work that catches everything, nor by other work at the same time', async () => {
    const careless = () => untilAnswered(async () => attempt(() => later('c', async () => 'no')));
    expect(await Promise.all([careless(), careless()])).toEqual(['no', 'no']);
    await expect(untilAnswered(async () => later('d', () => Promise.reject(new Error('not here'))))).rejects.toThrow(
      'not here',
    );
    expect(() => later('e', async () => 1)).toThrow('outside');
  });
});

/** What it gives, or that it throws. */
function attempt<T>(work: () => T): T | 'thrown' {
  try {
    return work();
  } catch {
    return 'thrown';
  }
}
