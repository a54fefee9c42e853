import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.ts';
import type { Env } from './env.ts';

export interface Secrets {
  /** Of the key-encryption key; at least 16 characters. Empty where another process signs. */
  passphrase: string;
}

/** Its file in the data directory. */
export const DEVELOPMENT_PASSPHRASE = 'development-passphrase';

/** Production: from the file or the setting. On a loopback address: made at the first start, under the data directory. */
export function readSecrets(env: Env, config: Pick<Config, 'loopback' | 'dataDirectory' | 'signerSocket'>): Secrets {
  if (config.signerSocket !== undefined) return { passphrase: '' };
  const passphrase = env.TATAK_PASSPHRASE_FILE
    ? readFile(env.TATAK_PASSPHRASE_FILE)
    : (env.TATAK_PASSPHRASE ?? (config.loopback ? developmentPassphrase(config.dataDirectory) : ''));
  if (passphrase.length < 16) throw new ConfigError(['the passphrase must have at least 16 characters']);
  return { passphrase };
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new ConfigError([`TATAK_PASSPHRASE_FILE: cannot be read (${(cause as NodeJS.ErrnoException).code})`]);
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
