import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemRandom } from '#kernel';
import type { Keystore } from '#keystore';
import { type Env, readDataDirectory } from './env.ts';
import { DEVELOPMENT_PASSPHRASE, readSecretFile } from './key-secrets.ts';
import { HEAD_FILE, openKeystore } from './keystore-file.ts';

/** A keystore on its way, and what it is opened with. */
export interface HeadStart {
  dataDirectory: string;
  passphrase: string;
  opening: Promise<Keystore>;
}

/**
 * Begins to open the keystore before the service is loaded: deriving its key keeps another core busy for about as long as
 * loading keeps this one. Only what a start before this one has made is read, and nothing is decided: whoever opens the keys
 * takes it where directory and passphrase are those of the configuration, and otherwise opens them as if there were none.
 */
export function beginKeys(env: Env): HeadStart | undefined {
  // Then the keys, or where they lie, are elsewhere.
  if (env.TATAK_SIGNER_SOCKET || env.TATAK_PKCS11_MODULE) return undefined;
  if (env.TATAK_DATABASE_URL || env.TATAK_DATABASE_URL_FILE) return undefined;
  const dataDirectory = readDataDirectory(env);
  if (!existsSync(join(dataDirectory, HEAD_FILE))) return undefined;
  try {
    const passphrase = passphraseAtHand(env, dataDirectory);
    const opening = openKeystore(dataDirectory, passphrase, { random: systemRandom });
    // Told to whoever waits for it.
    opening.catch(() => {});
    return { dataDirectory, passphrase, opening };
  } catch {
    // Said when the settings are read.
    return undefined;
  }
}

function passphraseAtHand(env: Env, dataDirectory: string): string {
  const { TATAK_PASSPHRASE_FILE: file, TATAK_PASSPHRASE: given } = env;
  if (!file && given !== undefined) return given;
  return readSecretFile('TATAK_PASSPHRASE_FILE', file ?? join(dataDirectory, DEVELOPMENT_PASSPHRASE));
}
