import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, parseStrictJson, type Random } from '#kernel';
import { createKeystore, KeyUnwrapError, SALT_BYTES, type UnlockedKeystore } from '#keystore';
import { ConfigError } from './config.ts';

/**
 * Opens the keystore with the passphrase. The salt and a canary lie beside the database: a wrong passphrase is noticed
 * at start, before anything is signed with keys that nobody could open again.
 */
export async function openKeystore(directory: string, passphrase: string, random: Random): Promise<UnlockedKeystore> {
  const path = join(directory, 'keystore.json');
  if (!existsSync(path)) {
    const salt = random.bytes(SALT_BYTES);
    const keystore = await createKeystore({ passphrase, salt, random });
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const text = JSON.stringify({ salt: Buffer.from(salt).toString('base64url'), canary: keystore.wrapCanary() });
    try {
      writeFileSync(path, `${text}\n`, { mode: 0o600, flag: 'wx' });
      return keystore;
    } catch (error) {
      // Another process was first: its salt counts.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  const stored = parseStrictJson(readFileSync(path, 'utf8'));
  if (!isObject(stored) || typeof stored.salt !== 'string' || typeof stored.canary !== 'string') {
    throw new ConfigError([`${path}: not a keystore file`]);
  }
  const salt = Buffer.from(stored.salt, 'base64url');
  // Spare bits of the last character would be another file with the same keys.
  if (salt.length !== SALT_BYTES || salt.toString('base64url') !== stored.salt) {
    throw new ConfigError([`${path}: not a keystore file`]);
  }
  const keystore = await createKeystore({ passphrase, salt, random });
  try {
    keystore.checkCanary(stored.canary);
  } catch (error) {
    if (error instanceof KeyUnwrapError)
      throw new ConfigError(['the passphrase does not open the keys in the data directory']);
    throw error;
  }
  return keystore;
}
