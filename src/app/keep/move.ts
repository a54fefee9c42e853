import { formatInstant, isObject, parseStrictJson, systemClock } from '#kernel';
import { moveStore, type Settling, type StoragePlace } from '#storage';
import { ConfigError } from '../config-error.ts';
import { KEYSTORE_FILE } from '../keystore-file.ts';
import { type DataFile, readDataFiles, writeDataFiles } from './data-files.ts';

export interface MoveReport {
  from: 'sqlite' | 'postgres';
  to: 'sqlite' | 'postgres';
  movedAt: string;
  tables: Record<string, { rows: number; sha256: string }>;
}

const engineOf = ({ databaseUrl }: StoragePlace) => (databaseUrl === undefined ? 'sqlite' : 'postgres');

/** Host and name of a database, or the directory: never the password. */
function nameOf({ dataDirectory, databaseUrl }: StoragePlace): string {
  if (databaseUrl === undefined) return dataDirectory;
  const { host, pathname } = new URL(databaseUrl);
  return `the PostgreSQL database ${pathname.slice(1)} at ${host}`;
}

/** @throws BackupFault when the new place is not empty */
export async function moveTo(from: StoragePlace, to: StoragePlace): Promise<MoveReport> {
  const movedAt = formatInstant(systemClock.now());
  const tables = await moveStore(from, to, {
    to: nameOf(to),
    at: movedAt,
    async settle(settling) {
      await placeKeystore(settling, to, readDataFiles(from.dataDirectory));
      await settling.commit([
        {
          ...{ op: 'audit.append', at: movedAt, tenant: 'system', actor: 'system' },
          ...{ operation: 'store.move', object: 'store', detail: { from: engineOf(from), to: engineOf(to) } },
        },
      ]);
    },
  });
  return { from: engineOf(from), to: engineOf(to), movedAt, tables };
}

/** What opens the keys lies where the service looks for it: in the database that replicas share, or beside the embedded one. */
export async function placeKeystore(settling: Settling, to: StoragePlace, files: readonly DataFile[]): Promise<void> {
  const stored = await settling.reader.keystoreHead();
  const file = files.find(({ name }) => name === KEYSTORE_FILE);
  if (to.databaseUrl === undefined) {
    const text = file?.text ?? (stored && `${JSON.stringify(stored)}\n`);
    if (text !== undefined) writeDataFiles(to.dataDirectory, [{ name: KEYSTORE_FILE, text }]);
    return;
  }
  if (stored || !file) return;
  const head = parseStrictJson(file.text);
  if (!isObject(head) || typeof head.salt !== 'string' || typeof head.canary !== 'string') {
    throw new ConfigError([`${KEYSTORE_FILE}: not a keystore file`]);
  }
  await settling.keepHead({ salt: head.salt, canary: head.canary });
}
