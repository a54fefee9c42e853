import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { Point } from '@noble/ed25519';
import { describe, expect, it } from 'vitest';
import { systemRandom } from '#kernel';
import { publicKeyOf, verifySignature } from '#keystore';
import { signBytesOf } from '../../src/keystore/private-key.ts';
import { sodium } from '../../src/keystore/sodium.ts';

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const little = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
const big = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

describe('Ed25519 by libsodium', () => {
  it('has a build for this platform', () => {
    expect(sodium()).toBeDefined();
  });

  it('signs to the same bytes as the platform, 500 keys and messages', () => {
    for (let run = 0; run < 500; run++) {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      const data = systemRandom.bytes(run % 200);
      const signature = signBytesOf(privateKey, 'Ed25519')(data);
      expect(Buffer.from(signature)).toEqual(sign(null, data, privateKey));
      expect(verify(null, data, publicKey, signature)).toBe(true);
    }
  });

  it('holds the keys of more institutions than a system has guarded pages for', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const signers = Array.from({ length: 20_000 }, () => signBytesOf(privateKey, 'Ed25519'));
    const data = Buffer.from('specimen');
    for (const one of [signers[0]!, signers.at(-1)!]) expect(verify(null, data, publicKey, one(data))).toBe(true);
  });

  it('answers as the platform does, for signatures with any bit turned and any part moved by the order', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = publicKeyOf(publicKey);
    const data = systemRandom.bytes(64);
    const good = sign(null, data, privateKey);
    const others = Array.from({ length: 512 }, (_, bit) => {
      const turned = Uint8Array.from(good);
      turned[bit >> 3]! ^= 1 << (bit & 7);
      return turned;
    });
    const malleable = Buffer.concat([good.subarray(0, 32), little(big(good.subarray(32)) + ORDER)]);
    for (const one of [good, malleable, good.subarray(1), Buffer.alloc(64), ...others]) {
      const platform = one.length === 64 && verify(null, data, publicKey, one);
      expect(verifySignature(key, data, one)).toBe(platform);
      expect(platform).toBe(one === good);
    }
  });

  it('answers as the platform does for a first half of small order, which not every version of it refuses', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { d } = privateKey.export({ format: 'jwk' });
    const { signature, data } = identitySignature(Buffer.from(d!, 'base64url'), publicKey);
    expect(sodium()!.crypto_sign_verify_detached(signature, data, publicKeyOf(publicKey).bytes)).toBe(false);
    expect(verifySignature(publicKeyOf(publicKey), data, signature)).toBe(verify(null, data, publicKey, signature));
  });
});

/** RFC 8032 5.1.6 with the nonce 0, which no signer would choose. */
function identitySignature(seed: Uint8Array, publicKey: KeyObject) {
  const data = Buffer.from('specimen');
  const expanded = sha512(seed).subarray(0, 32);
  expanded[0]! &= 248;
  expanded[31]! = (expanded[31]! & 127) | 64;
  const identity = Point.ZERO.toBytes();
  const k = big(sha512(Buffer.concat([identity, publicKeyOf(publicKey).bytes, data]))) % ORDER;
  return { data, signature: Buffer.concat([identity, little((k * big(expanded)) % ORDER)]) };
}

const sha512 = (bytes: Uint8Array): Buffer => createHash('sha512').update(bytes).digest();
