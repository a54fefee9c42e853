import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, parseStrictJson, type Random, UniqueViolation } from '#kernel';
import {
  createKeystore,
  type KeystoreHead,
  type KeystoreReader,
  type KeystoreWrite,
  KeyUnwrapError,
  SALT_BYTES,
  type UnlockedKeystore,
} from '#keystore';
import { ConfigError } from './config-error.ts';

/** Where salt and canary are kept. */
export interface HeadPlace {
  /** @throws ConfigError when what is there cannot be read */
  read(): Promise<KeystoreHead | undefined>;
  /** @returns false when another process was first: its head counts */
  keep(head: KeystoreHead): Promise<boolean>;
}

/** Beside the embedded database, and not in it. */
export const KEYSTORE_FILE = 'keystore.json';

/** In a file of the data directory. */
export function headFile(directory: string): HeadPlace {
  const path = join(directory, KEYSTORE_FILE);
  return {
    async read() {
      if (!existsSync(path)) return undefined;
      const stored = parseStrictJson(readFileSync(path, 'utf8'));
      if (!isObject(stored) || typeof stored.salt !== 'string' || typeof stored.canary !== 'string') {
        throw new ConfigError([`${path}: not a keystore file`]);
      }
      const salt = Buffer.from(stored.salt, 'base64url');
      // Spare bits of the last character would be another file with the same keys.
      if (salt.length !== SALT_BYTES || salt.toString('base64url') !== stored.salt) {
        throw new ConfigError([`${path}: not a keystore file`]);
      }
      return { salt: stored.salt, canary: stored.canary };
    },
    async keep(head) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      try {
        writeFileSync(path, `${JSON.stringify(head)}\n`, { mode: 0o600, flag: 'wx' });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        return false;
      }
    },
  };
}

/** In the database that replicas share: each has a data directory of its own, and all must open the same keys. */
export function headInStore(store: {
  reader: KeystoreReader;
  transactor: { commit(writes: readonly KeystoreWrite[]): Promise<void> };
}): HeadPlace {
  return {
    read: () => store.reader.keystoreHead(),
    async keep(head) {
      try {
        await store.transactor.commit([{ op: 'keystore.head', row: head }]);
        return true;
      } catch (error) {
        if (!(error instanceof UniqueViolation)) throw error;
        return false;
      }
    },
  };
}

export interface OpeningKeys {
  random: Random;
  /** Absent: the data directory. */
  place?: HeadPlace | undefined;
  /** See `KeystoreOptions`: only tests give it. */
  cost?: number | undefined;
}

/**
 * Opens the keystore with the passphrase. Salt and canary lie where the keys do: a wrong passphrase is noticed at start,
 * before anything is signed with keys that nobody could open again.
 */
export async function openKeystore(
  directory: string,
  passphrase: string,
  { random, place = headFile(directory), cost }: OpeningKeys,
): Promise<UnlockedKeystore> {
  let head = await place.read();
  if (!head) {
    const salt = random.bytes(SALT_BYTES);
    const keystore = await createKeystore({ passphrase, salt, random, cost });
    const made = { salt: Buffer.from(salt).toString('base64url'), canary: keystore.wrapCanary() };
    if (await place.keep(made)) return keystore;
    head = (await place.read())!;
  }
  const salt = Buffer.from(head.salt, 'base64url');
  const keystore = await createKeystore({ passphrase, salt, random, cost });
  try {
    keystore.checkCanary(head.canary);
  } catch (error) {
    if (error instanceof KeyUnwrapError) throw new ConfigError(['the passphrase does not open the keys of this store']);
    throw error;
  }
  return keystore;
}
