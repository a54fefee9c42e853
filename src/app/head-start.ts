import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemRandom } from '#kernel';
import type { Keystore } from '#keystore';
import { type Env, readDataDirectory } from './env.ts';
import { DEVELOPMENT_PASSPHRASE, readGivenPassphrase } from './key-secrets.ts';
import { KEYSTORE_FILE, openKeystore } from './keystore-file.ts';

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
  if (!existsSync(join(dataDirectory, KEYSTORE_FILE))) return undefined;
  try {
    const passphrase =
      readGivenPassphrase(env) ?? readFileSync(join(dataDirectory, DEVELOPMENT_PASSPHRASE), 'utf8').trim();
    const opening = openKeystore(dataDirectory, passphrase, { random: systemRandom });
    // Told to whoever waits for it.
    opening.catch(() => {});
    return { dataDirectory, passphrase, opening };
  } catch {
    // Said when the settings are read.
    return undefined;
  }
}
