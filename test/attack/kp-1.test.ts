import { createHmac } from 'node:crypto';
import { compactVerify } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { createContextLoader, createJwtChecker, openJwt } from '#proofs';
import { signatureFinding } from '../../src/proofs/jose/algorithms.ts';
import { handToken, obClaims, part, type TokenKey, tokenKey, tokenResolver } from '../proofs/jose/tokens.ts';
import { ISSUER, TEST_PH_CONTEXT, TEST_PH_URL } from '../support/golden-badge.ts';

const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const checker = createJwtChecker({ loader, clock: { now: () => new Date('2026-11-03T00:00:00Z') } });
afterAll(() => checker.close());
const keys = (['EdDSA', 'ES256', 'ES384', 'RS256'] as const).map((alg) => tokenKey(alg));
const resolve = tokenResolver(...keys);
const claims = obClaims();
const verify = async (text: string) => {
  const { outcome, code } = await checker.verify(
    openJwt(text),
    { controller: ISSUER, purpose: 'assertionMethod' },
    resolve,
  );
  return `${outcome} ${code}`;
};

/** Every name of RFC 7518, RFC 8037, RFC 8812, RFC 9864 for a signature or a MAC, and what people write instead. */
const ALG = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'RS256',
  'ES512',
  'ES256K',
  'PS256',
  'PS384',
  'PS512',
  'RS384',
  'RS512',
  'Ed448',
  'HS256',
  'HS384',
  'HS512',
  'none',
  'None',
  'NONE',
  'nOnE',
  '',
  ' none',
  'rs256',
  'ES256 ',
  'HS1',
  'dir',
  'A256KW',
  'RSA1_5',
  'RSA-OAEP',
  'constructor',
  'toString',
  'hasOwnProperty',
];
const NAMES: Record<string, readonly string[]> = {
  EdDSA: ['EdDSA', 'Ed25519'],
  ES256: ['ES256'],
  ES384: ['ES384'],
  RS256: ['RS256'],
};
const UNREAD = ['ES512', 'ES256K', 'PS256', 'PS384', 'PS512', 'RS384', 'RS512', 'Ed448'];
const RIGHT = new Set(Object.values(NAMES).flat());

describe('KP-1: the algorithm is that of the key', () => {
  it('a matrix of algorithms and kinds of keys has its diagonal and nothing else', async () => {
    const passes: string[] = [];
    for (const key of keys) {
      for (const alg of ALG) {
        // Signed as the key can: what is wrong is only what the token says.
        const answer = await verify(await handToken(key, { alg, kid: key.kid }, claims));
        if (answer.startsWith('pass')) passes.push(`${key.alg} ${alg}`);
        else if (UNREAD.includes(alg)) expect([alg, answer]).toEqual([alg, 'unknown unsupported_algorithm']);
        else
          expect([alg, answer]).toEqual([alg, RIGHT.has(alg) ? 'fail algorithm_mismatch' : 'fail algorithm_refused']);
      }
    }
    expect(passes).toEqual(keys.flatMap(({ alg }) => NAMES[alg]!.map((name) => `${alg} ${name}`)));
    console.log(`KP-1: ${keys.length * ALG.length} cells, ${passes.length} of them pass`);
  });

  it.each([1, null, ['ES256'], { alg: 'ES256' }, true])('alg %j is no algorithm', async (alg) => {
    expect(await verify(await handToken(keys[1]!, { alg, kid: keys[1]!.kid } as JsonObject, claims))).toBe(
      'fail algorithm_refused',
    );
  });

  it('a public key is never the secret of an HMAC, in any of its spellings', async () => {
    for (const key of keys) {
      const { publicKey } = key;
      const secrets: (string | Buffer)[] = [
        publicKey.key.export({ format: 'pem', type: 'spki' }),
        String(publicKey.key.export({ format: 'pem', type: 'spki' })).trim(),
        publicKey.key.export({ format: 'der', type: 'spki' }),
        JSON.stringify(publicKey.jwk),
        publicKey.multibase,
        ...Object.values(publicKey.jwk).map((member) => Buffer.from(String(member), 'base64url')),
        '',
      ];
      for (const [alg, hash] of [
        ['HS256', 'sha256'],
        ['HS384', 'sha384'],
        ['HS512', 'sha512'],
      ] as const) {
        for (const secret of secrets) {
          const input = `${part({ alg, kid: key.kid })}.${part(claims)}`;
          const mac = createHmac(hash, secret).update(input).digest('base64url');
          expect(await verify(`${input}.${mac}`)).toBe('fail algorithm_refused');
          expect(signatureFinding(alg, publicKey, Buffer.from(input), Buffer.from(mac, 'base64url')).outcome).toBe(
            'fail',
          );
        }
      }
    }
  });

  it('an unsecured token is one, with and without a signature', async () => {
    for (const alg of ['none', 'None', 'ES256']) {
      const input = `${part({ alg, kid: keys[1]!.kid })}.${part(claims)}`;
      expect(await verify(`${input}.`)).toBe('fail unsecured');
    }
    const [header, payload] = (await handToken(keys[1]!, { alg: 'ES256', kid: keys[1]!.kid }, claims)).split('.');
    expect(await verify(`${header}.${payload}.`)).toBe('fail unsecured');
  });

  it('lengths and forms of signatures: DER, zeros, cut, prolonged, doubled', async () => {
    const forms: [string, (bytes: Buffer) => Buffer][] = [
      ['zeros', (bytes) => Buffer.alloc(bytes.length)],
      ['one byte', () => Buffer.of(1)],
      ['cut', (bytes) => bytes.subarray(0, -1)],
      ['prolonged', (bytes) => Buffer.concat([bytes, Buffer.of(0)])],
      ['doubled', (bytes) => Buffer.concat([bytes, bytes])],
      ['leading zero', (bytes) => Buffer.concat([Buffer.of(0), bytes])],
      [
        'halves exchanged',
        (bytes) => Buffer.concat([bytes.subarray(bytes.length / 2), bytes.subarray(0, bytes.length / 2)]),
      ],
      ['DER', (bytes) => der(bytes)],
    ];
    for (const key of keys) {
      const text = await handToken(key, { alg: key.alg, kid: key.kid }, claims);
      const [header, payload, signature] = text.split('.') as [string, string, string];
      for (const [name, change] of forms) {
        const changed = `${header}.${payload}.${change(Buffer.from(signature, 'base64url')).toString('base64url')}`;
        expect([key.alg, name, await verify(changed)]).toEqual([key.alg, name, 'fail signature_invalid']);
        await expect(compactVerify(changed, key.publicKey.key)).rejects.toThrow();
      }
    }
  });

  it('a signature of one key or curve is not one of another', async () => {
    for (const signer of keys) {
      for (const named of keys.filter((one) => one !== signer)) {
        const text = await handToken(signer, { alg: named.alg, kid: named.kid }, claims);
        expect(await verify(text)).toBe('fail signature_invalid');
      }
      const again: TokenKey = tokenKey(signer.alg);
      expect(await verify(await handToken(again, { alg: signer.alg, kid: signer.kid }, claims))).toBe(
        'fail signature_invalid',
      );
    }
  });
});

/** r || s as the SEQUENCE of two INTEGERs that X.509 has. */
function der(bytes: Buffer): Buffer {
  const integer = (part_: Buffer) => {
    const body = part_[0]! & 0x80 ? Buffer.concat([Buffer.of(0), part_]) : part_;
    return Buffer.concat([Buffer.of(2, body.length), body]);
  };
  const body = Buffer.concat([integer(bytes.subarray(0, bytes.length / 2)), integer(bytes.subarray(bytes.length / 2))]);
  return Buffer.concat([Buffer.of(0x30, body.length & 0x7f), body]);
}
