import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '#kernel';
import {
  KEY_ALGORITHMS,
  type KeyAlgorithm,
  type Keystore,
  KeyUnwrapError,
  readPublicKey,
  verifySignature,
} from '#keystore';

export interface Opened {
  keystore: Keystore;
  /** More of it is refused, not signed wrongly. */
  maxEd25519Bytes?: number;
  close(): Promise<void>;
}

const DID = 'did:web:badges.example:institutions:specimen-university';
const LENGTH: Record<KeyAlgorithm, number> = { Ed25519: 64, 'P-256': 64, 'P-384': 96, RSA: 384 };

/** What every place that holds keys promises; each implementation runs the same. */
export function keystoreContract(name: string, open: () => Promise<Opened>): void {
  describe(`keys ${name}`, () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());
    const make = async (algorithm?: KeyAlgorithm, tenant = 'specimen-university', keyId = 'key-1-assertion') => ({
      tenant,
      keyId,
      ...(await opened.keystore.generate(tenant, keyId, algorithm)),
    });

    it.each(KEY_ALGORITHMS)('%s: signs in the form of the standards', async (algorithm) => {
      const key = await make(algorithm);
      const signer = opened.keystore.signer(key, DID);
      expect(signer.verificationMethod).toBe(`${DID}#key-1-assertion`);
      expect(signer.publicKeyMultibase).toBe(key.publicKeyMultibase);
      const publicKey = readPublicKey(key.publicKeyMultibase);
      expect(publicKey.algorithm).toBe(algorithm);
      for (const size of [0, 1, 64, 200_000]) {
        const data = systemRandom.bytes(size);
        if (algorithm === 'Ed25519' && size > (opened.maxEd25519Bytes ?? size)) {
          await expect(signer.sign(data)).rejects.toMatchObject({ kind: 'unavailable' });
          continue;
        }
        const signature = await signer.sign(data);
        expect(signature).toHaveLength(LENGTH[algorithm]);
        expect(verifySignature(publicKey, data, signature)).toBe(true);
        expect(verifySignature(publicKey, Buffer.concat([data, Buffer.of(0)]), signature)).toBe(false);
      }
    });

    it('makes Ed25519 keys when nothing is said, never the same', async () => {
      const made = await Promise.all([make(), make(), make()]);
      for (const key of made) expect(readPublicKey(key.publicKeyMultibase).algorithm).toBe('Ed25519');
      expect(new Set(made.map((key) => key.publicKeyMultibase)).size).toBe(3);
      await expect(make('secp256k1' as never)).rejects.toThrow(RangeError);
      await expect(make('Ed25519', 'a\0b')).rejects.toThrow(RangeError);
    });

    it('signs for many at once, each with its own key', async () => {
      const keys = await Promise.all(Array.from({ length: 5 }, (_, n) => make('Ed25519', `tenant-${n}`)));
      const work = Array.from({ length: 100 }, async (_, n) => {
        const key = keys[n % keys.length]!;
        const data = systemRandom.bytes(32 + n);
        const signature = await opened.keystore.signer(key, DID).sign(data);
        return verifySignature(readPublicKey(key.publicKeyMultibase), data, signature);
      });
      expect(new Set(await Promise.all(work))).toEqual(new Set([true]));
    });

    it('opens a wrapped key only in its place, unchanged, beside its own public key', async () => {
      const [key, other] = [await make(), await make('Ed25519', 'other-university')];
      const { wrappedPrivateKey: wrapped } = key;
      const flipped = (wrapped[0] === 'A' ? 'B' : 'A') + wrapped.slice(1);
      for (const wrong of [
        { ...key, tenant: 'other-university' },
        { ...key, keyId: 'key-2-assertion' },
        { ...key, publicKeyMultibase: other.publicKeyMultibase },
        { ...other, wrappedPrivateKey: wrapped },
        { ...key, wrappedPrivateKey: flipped },
        { ...key, wrappedPrivateKey: '' },
      ]) {
        const signing = Promise.resolve().then(() => opened.keystore.signer(wrong, DID).sign(new Uint8Array(1)));
        await expect(signing).rejects.toBeInstanceOf(KeyUnwrapError);
      }
      await expect(opened.keystore.signer(key, DID).sign(new Uint8Array(1))).resolves.toHaveLength(64);
    });

    it('shows no private key in what it returns', async () => {
      const key = await make('RSA');
      const signer = opened.keystore.signer(key, DID);
      await signer.sign(new Uint8Array(1));
      for (const value of [opened.keystore, signer, key]) {
        const text = inspect(value, { depth: 20, showHidden: true, getters: true }) + JSON.stringify(value);
        expect(text).not.toMatch(/PRIVATE KEY|passphrase|"d"/i);
      }
    });
  });
}
