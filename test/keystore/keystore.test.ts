import { createPublicKey, verify as nodeVerify } from 'node:crypto';
import { inspect } from 'node:util';
import { getPublicKeyAsync, signAsync, utils, verifyAsync } from '@noble/ed25519';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '#kernel';
import {
  algorithmOf,
  createKeystore,
  decodeMultikey,
  encodeMultikey,
  KEY_ALGORITHMS,
  KeyUnwrapError,
  readPublicKey,
  type UnlockedKeystore,
  verifySignature,
} from '#keystore';

const SALT = new Uint8Array(16).fill(7);
const DID = 'did:web:localhost%3A8483:institutions:specimen-university';
const PASSPHRASE = 'a passphrase of the test';
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

const verifyWithNode = (publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array) =>
  nodeVerify(
    null,
    data,
    createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }),
    signature,
  );

describe('the keystore', () => {
  let keystore: UnlockedKeystore;
  beforeAll(async () => {
    keystore = await createKeystore({ passphrase: PASSPHRASE, salt: SALT, random: systemRandom });
  });
  const make = async (tenant = 'specimen-university', keyId = 'key-1-assertion') => ({
    tenant,
    keyId,
    ...(await keystore.generate(tenant, keyId)),
  });

  it('signs what noble and node both accept, and nothing changed', async () => {
    for (let round = 0; round < 20; round++) {
      const key = await make();
      const signer = keystore.signer(key, DID);
      const data = systemRandom.bytes(64);
      const signature = await signer.sign(data);
      const publicKey = decodeMultikey(key.publicKeyMultibase)!;
      expect(signature).toHaveLength(64);
      expect(await verifyAsync(signature, data, publicKey, { zip215: false })).toBe(true);
      expect(verifyWithNode(publicKey, data, signature)).toBe(true);
      const changed = Uint8Array.from(data);
      changed[round]! ^= 1;
      expect(await verifyAsync(signature, changed, publicKey, { zip215: false })).toBe(false);
      expect(verifyWithNode(publicKey, changed, signature)).toBe(false);
    }
  });

  it.each(KEY_ALGORITHMS)('signs with %s in the form of the standards', async (algorithm) => {
    const keyId = 'key-2-assertion';
    const made = await keystore.generate('specimen-university', keyId, algorithm);
    const key = { tenant: 'specimen-university', keyId, ...made };
    const publicKey = readPublicKey(key.publicKeyMultibase);
    expect([publicKey.algorithm, algorithmOf(key.publicKeyMultibase)]).toEqual([algorithm, algorithm]);
    const again = await createKeystore({ passphrase: PASSPHRASE, salt: SALT, random: systemRandom });
    for (const store of [keystore, again]) {
      const data = systemRandom.bytes(100);
      const signature = await store.signer(key, DID).sign(data);
      expect(signature).toHaveLength({ Ed25519: 64, 'P-256': 64, 'P-384': 96, RSA: 384 }[algorithm]);
      expect(verifySignature(publicKey, data, signature)).toBe(true);
      data[0]! ^= 1;
      expect(verifySignature(publicKey, data, signature)).toBe(false);
    }
    const other = { ...key, ...(await keystore.generate(key.tenant, keyId, algorithm)) };
    for (const wrong of [
      { ...key, tenant: 'other-university' },
      { ...key, publicKeyMultibase: other.publicKeyMultibase },
    ]) {
      await expect(keystore.signer(wrong, DID).sign(new Uint8Array(1))).rejects.toBeInstanceOf(KeyUnwrapError);
    }
  });

  it('refuses every changed byte and another spelling of a longer wrapped key (KP-12)', async () => {
    const keyId = 'key-2-assertion';
    const made = await keystore.generate('specimen-university', keyId, 'P-256');
    const key = { tenant: 'specimen-university', keyId, ...made };
    const [nonce, sealed] = key.wrappedPrivateKey.split('.') as [string, string];
    const bytes = Buffer.from(sealed, 'base64url');
    const changes = [...bytes.keys()].map((at) => {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      return changed.toString('base64url');
    });
    // 154 bytes leave four spare bits in the last character.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const respelled = sealed.slice(0, -1) + alphabet[alphabet.indexOf(sealed.at(-1)!) + 1];
    expect(Buffer.from(respelled, 'base64url').equals(bytes)).toBe(true);
    for (const text of [...changes, respelled, `${sealed}=`]) {
      const signer = keystore.signer({ ...key, wrappedPrivateKey: `${nonce}.${text}` }, DID);
      await expect(signer.sign(new Uint8Array(1)), text).rejects.toBeInstanceOf(KeyUnwrapError);
    }
  });

  it('opens a key and a canary that were wrapped before other kinds were known', async () => {
    const old = {
      tenant: 'specimen-university',
      keyId: 'key-1-assertion',
      publicKeyMultibase: 'z6MkhaGgmg3W1Zs2UPYnsADiwvm5fiQU1ZTHyKdSixoGNHmY',
      wrappedPrivateKey: 'JbI_V2-Pkh3VTS7E.CijGMi1Kodn8HnM6yz0KmOezjBipU0uXy_t3n8hgOQrLYJHzf8_1k0NcmofNs9G7',
    };
    const signature = await keystore.signer(old, DID).sign(new Uint8Array(1));
    expect(Buffer.from(signature).toString('hex')).toBe(
      '965c7da14a4c876100cfafae6bdff7fde6e07e1fac0d8a1bc74e6d853e44bc4af2c7967669d8c87782031c690e393bbc504e64725e37044646b6a3d121a14b08',
    );
    expect(() =>
      keystore.checkCanary('53KqyARNLu3_bB8_.xicIUNJeoJnyWXoSyPjkVRJjWEq7ceFnMP61dh8tjH2l5EJVI9RRkZNn4_xGMS6J'),
    ).not.toThrow();
  });

  it('makes keys and signatures equal to those of noble (RFC 8032 is deterministic)', async () => {
    const secret = utils.randomSecretKey();
    const publicKey = await getPublicKeyAsync(secret);
    const data = systemRandom.bytes(64);
    expect(verifyWithNode(publicKey, data, await signAsync(data, secret))).toBe(true);
    expect(decodeMultikey(encodeMultikey(publicKey))).toEqual(publicKey);
  });

  it('names the verification method and the public key', async () => {
    const key = await make();
    const signer = keystore.signer(key, DID);
    expect(key.publicKeyMultibase).toMatch(/^z6Mk/);
    expect(signer.verificationMethod).toBe(`${DID}#key-1-assertion`);
    expect(signer.publicKeyMultibase).toBe(key.publicKeyMultibase);
  });

  it('refuses a wrapped key with any byte or character changed (KP-12)', async () => {
    const key = await make();
    const text = key.wrappedPrivateKey;
    const changes: string[] = ['', text.slice(1), text.slice(0, -1), `${text}A`, `${text}=`, text.replace('.', '')];
    for (let at = 0; at < text.length; at++) {
      const other = text[at] === 'A' ? 'B' : 'A';
      changes.push(text.slice(0, at) + other + text.slice(at + 1));
    }
    const [nonce, sealed] = text.split('.').map((part) => Buffer.from(part, 'base64url'));
    for (const part of [nonce!, sealed!]) {
      for (let at = 0; at < part.length; at++) {
        for (const bit of [1, 128]) {
          part[at]! ^= bit;
          changes.push(`${nonce!.toString('base64url')}.${sealed!.toString('base64url')}`);
          part[at]! ^= bit;
        }
      }
    }
    for (const wrappedPrivateKey of changes) {
      const signer = keystore.signer({ ...key, wrappedPrivateKey }, DID);
      await expect(signer.sign(new Uint8Array(1)), wrappedPrivateKey).rejects.toBeInstanceOf(KeyUnwrapError);
    }
    await expect(keystore.signer(key, DID).sign(new Uint8Array(1))).resolves.toHaveLength(64);
  });

  it('refuses a key moved to another tenant or key id, or beside another public key', async () => {
    const key = await make();
    const other = await make('other-university', 'key-1-assertion');
    for (const moved of [
      { ...key, tenant: 'other-university' },
      { ...key, keyId: 'key-2-assertion' },
      { ...other, wrappedPrivateKey: key.wrappedPrivateKey },
      { ...key, publicKeyMultibase: other.publicKeyMultibase },
    ]) {
      await expect(keystore.signer(moved, DID).sign(new Uint8Array(1))).rejects.toBeInstanceOf(KeyUnwrapError);
    }
    await expect(keystore.generate('a\0b', 'key')).rejects.toThrow(RangeError);
  });

  it('notices a wrong passphrase or salt by the canary', async () => {
    const canary = keystore.wrapCanary();
    expect(() => keystore.checkCanary(canary)).not.toThrow();
    const same = await createKeystore({ passphrase: PASSPHRASE, salt: SALT, random: systemRandom });
    expect(() => same.checkCanary(canary)).not.toThrow();
    const wrong = await createKeystore({ passphrase: `${PASSPHRASE}!`, salt: SALT, random: systemRandom });
    expect(() => wrong.checkCanary(canary)).toThrow(KeyUnwrapError);
    const salted = await createKeystore({
      passphrase: PASSPHRASE,
      salt: new Uint8Array(16).fill(8),
      random: systemRandom,
    });
    expect(() => salted.checkCanary(canary)).toThrow(KeyUnwrapError);
    expect(() => keystore.checkCanary('')).toThrow(KeyUnwrapError);
    const key = await make();
    expect(() => keystore.checkCanary(key.wrappedPrivateKey)).toThrow(KeyUnwrapError);
    await expect(wrong.signer(key, DID).sign(new Uint8Array(1))).rejects.toBeInstanceOf(KeyUnwrapError);
  });

  it('refuses a short passphrase and a short salt', async () => {
    await expect(createKeystore({ passphrase: 'short', salt: SALT, random: systemRandom })).rejects.toThrow(RangeError);
    await expect(
      createKeystore({ passphrase: PASSPHRASE, salt: new Uint8Array(8), random: systemRandom }),
    ).rejects.toThrow(RangeError);
  });

  it('shows no secret in any printed form of its objects, results or errors (KP-11)', async () => {
    const secrets: Buffer[] = [];
    const key = await make();
    const signer = keystore.signer(key, DID);
    await signer.sign(new Uint8Array(1));
    // The seed, found by opening the wrapping with the same derivation the keystore used.
    const { scryptSync, createDecipheriv } = await import('node:crypto');
    const kek = scryptSync(PASSPHRASE, SALT, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 192 * 1024 * 1024 });
    const [nonce, sealed] = key.wrappedPrivateKey.split('.').map((part) => Buffer.from(part, 'base64url'));
    const decipher = createDecipheriv('aes-256-gcm', kek, nonce!).setAAD(Buffer.from(`${key.tenant}\0${key.keyId}`));
    decipher.setAuthTag(sealed!.subarray(32));
    secrets.push(kek, Buffer.concat([decipher.update(sealed!.subarray(0, 32)), decipher.final()]));

    const error = await keystore
      .signer({ ...key, keyId: 'other' }, DID)
      .sign(new Uint8Array(1))
      .catch((reason: unknown) => reason);
    const printed = [keystore, signer, key, error].flatMap((value) => [
      inspect(value, { depth: 20, showHidden: true, getters: true }),
      JSON.stringify(value),
      String((value as { stack?: string }).stack ?? ''),
    ]);
    for (const secret of secrets) {
      for (const form of [secret.toString('hex'), secret.toString('base64'), secret.toString('base64url')]) {
        for (const text of printed) expect(text).not.toContain(form);
      }
      for (const text of printed) expect(text).not.toContain([...secret.subarray(0, 8)].join(', '));
    }
    for (const text of printed) expect(text).not.toContain(PASSPHRASE);
  });
});
