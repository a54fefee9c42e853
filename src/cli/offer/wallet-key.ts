import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { publicKeyOf } from '#keystore';
import { UsageError } from '../command.ts';
import { readText } from '../read-text.ts';

/** The key of a wallet of one file: Ed25519, known as did:key. */
export interface WalletKeyFile {
  did: string;
  /** Writes a key that was made just now, for its owner only. */
  save(): void;
  /** OpenID4VCI 1.0, F.1. */
  proof(audience: string, nonce: string, now: Date): string;
}

/** Reads the key (a JWK), or makes one where there is no such file. @throws UsageError */
export function openWalletKey(file: string): WalletKeyFile {
  if (existsSync(file)) return { ...walletKey(readKey(file), file), save() {} };
  const { privateKey } = generateKeyPairSync('ed25519');
  const text = `${JSON.stringify(privateKey.export({ format: 'jwk' }))}\n`;
  return { ...walletKey(privateKey, file), save: () => writeFileSync(file, text, { mode: 0o600, flag: 'wx' }) };
}

function readKey(file: string): KeyObject {
  try {
    return createPrivateKey({ key: JSON.parse(readText(file)), format: 'jwk' });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} does not hold a private key as JWK`);
  }
}

function walletKey(privateKey: KeyObject, file: string): Omit<WalletKeyFile, 'save'> {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new UsageError(`${file} does not hold an Ed25519 key`);
  const { multibase } = publicKeyOf(createPublicKey(privateKey));
  const did = `did:key:${multibase}`;
  return {
    did,
    proof(aud, nonce, now) {
      const header = { typ: 'openid4vci-proof+jwt', alg: 'EdDSA', kid: `${did}#${multibase}` };
      const claims = { aud, nonce, iat: Math.floor(now.getTime() / 1_000) };
      const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      return `${input}.${sign(null, Buffer.from(input, 'ascii'), privateKey).toString('base64url')}`;
    },
  };
}
