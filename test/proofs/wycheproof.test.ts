import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type PublicKey, publicKeyOf, readPublicKey, verifySignature, WeakKeyError } from '#keystore';
import { havingVectors, VECTORS } from './vector-contexts.ts';

interface Group {
  publicKeyPem: string;
  tests: { tcId: number; msg: string; sig: string; result: 'valid' | 'invalid'; flags: string[] }[];
}

if (!havingVectors) console.log('Wycheproof files are not here: their tests did not run');

/** The key as every proof gets it: by its Multikey text, strong or not at all. */
function keyOf(pem: string): PublicKey | undefined {
  try {
    return readPublicKey(publicKeyOf(createPublicKey(pem)).multibase);
  } catch (error) {
    if (error instanceof WeakKeyError) return undefined;
    throw error;
  }
}

describe.runIf(havingVectors)('Wycheproof, with keys as they are read here', () => {
  it.each([
    ['ed25519_test', 'Ed25519', 151],
    ['ecdsa_secp256r1_sha256_p1363_test', 'P-256', 262],
  ])('%s', (name, algorithm, total) => {
    const file = JSON.parse(readFileSync(new URL(`wycheproof/${name}.json`, VECTORS), 'utf8')) as {
      testGroups: Group[];
    };
    const counts = { valid: 0, invalid: 0, weakKey: 0 };
    for (const { publicKeyPem, tests } of file.testGroups) {
      const key = keyOf(publicKeyPem);
      for (const { tcId, msg, sig, result, flags } of tests) {
        const verified = key !== undefined && verifySignature(key, Buffer.from(msg, 'hex'), Buffer.from(sig, 'hex'));
        if (key) expect(key.algorithm).toBe(algorithm);
        else counts.weakKey++;
        // The only difference allowed: a key that is refused altogether signs nothing.
        if (key || result === 'invalid') expect(verified, `${name} ${tcId} ${flags}`).toBe(result === 'valid');
        else expect(verified).toBe(false);
        counts[result]++;
      }
    }
    console.log(
      `Wycheproof ${name}: ${counts.valid} valid, ${counts.invalid} invalid, ${counts.weakKey} under refused keys`,
    );
    expect(counts.valid + counts.invalid).toBe(total);
  });
});
