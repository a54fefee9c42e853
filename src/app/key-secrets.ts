import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import type { Env } from './env.ts';

export type KeySecretsConfig = Pick<Config, 'loopback' | 'dataDirectory' | 'signerSocket' | 'token'>;

export interface KeySecrets {
  /** Of the key-encryption key; at least 16 characters. Empty where another process signs, or a token and no passphrase is set. */
  passphrase: string;
  /** Of the user of the token. */
  pin?: string;
}

/** Its file in the data directory, made at the first start on a loopback address. */
export const DEVELOPMENT_PASSPHRASE = 'development-passphrase';

/** @throws ConfigError when one is needed and is not set, or cannot be used */
export function readKeySecrets(env: Env, config: KeySecretsConfig): KeySecrets {
  if (config.signerSocket !== undefined) return { passphrase: '' };
  const given = readGivenPassphrase(env);
  if (config.token && given === undefined) {
    // Keys that were wrapped before the token came still open on a machine that made its passphrase itself.
    const kept = config.loopback && existsSync(join(config.dataDirectory, DEVELOPMENT_PASSPHRASE));
    return { passphrase: kept ? developmentPassphrase(config.dataDirectory) : '', pin: readPin(env) };
  }
  const passphrase = given ?? (config.loopback ? developmentPassphrase(config.dataDirectory) : '');
  if (passphrase.length < 16) throw new ConfigError(['the passphrase must have at least 16 characters']);
  return { passphrase, ...(config.token ? { pin: readPin(env) } : {}) };
}

/** From the file or the setting. @throws ConfigError when the file cannot be read */
export function readGivenPassphrase(env: Env): string | undefined {
  const { TATAK_PASSPHRASE_FILE: file, TATAK_PASSPHRASE: given } = env;
  return file ? readSecretFile('TATAK_PASSPHRASE_FILE', file) : given;
}

function readPin(env: Env): string {
  const { TATAK_PKCS11_PIN_FILE: file, TATAK_PKCS11_PIN: given = '' } = env;
  const pin = file ? readSecretFile('TATAK_PKCS11_PIN_FILE', file) : given;
  if (pin === '') throw new ConfigError(['TATAK_PKCS11_PIN_FILE: holds no PIN']);
  return pin;
}

/** @throws ConfigError when it cannot be read */
export function readSecretFile(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new ConfigError([`${name}: cannot be read (${(cause as NodeJS.ErrnoException).code})`]);
  }
}

function developmentPassphrase(directory: string): string {
  const path = join(directory, DEVELOPMENT_PASSPHRASE);
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // `wx`: of two processes starting at once, one makes the file and both read it.
    try {
      writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    chmodSync(path, 0o600);
  }
  return readFileSync(path, 'utf8').trim();
}
